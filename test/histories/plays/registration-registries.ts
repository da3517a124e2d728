import { commandFault } from '../../../registries/mock/control.ts';
import { file, send, streamOf } from '../../support/play.ts';
import { codeOf, dossierOf, filingOf, officers, registrant } from '../../support/requests.ts';
import { type Play, type Stage, untilStands } from '../stage.ts';

const silence = async ({ system }: Pick<Stage, 'system'>, n: number): Promise<void> => {
  const key = codeOf(n);
  const person = dossierOf(n).organisation.representative?.number ?? '';
  for (const registry of ['BUSINESS', 'TAX'] as const)
    await commandFault(system.nc, registry, { fault: 'SILENT', key });
  await commandFault(system.nc, 'POPULATION', { fault: 'SILENT', key: person });
};

const silentRegistries: Play = async (stage) => {
  const { system, known, keep } = stage;
  const n = known();
  const stream = streamOf(n);
  await silence(stage, n);
  await file(system, n);
  const asked = ['BUSINESS', 'TAX', 'POPULATION'].map((registry) => `REGISTRY ${registry}`);
  await keep('registration-waiting-for-silent-registries', stream, ...asked, 'effect askRegistry');
  const early = { queryId: `${stream}.TAX.1`, note: 'Cơ quan thuế báo ngừng hai ngày' };
  await send(system, stream, officers.proposer, 'EndWaitEarly', early);
  await keep('registration-wait-ended-early', stream, 'TASK RESOLVE_SILENCE', 'effect askRegistry');
};

/** Every attempt of the policy is over, and a person decides what follows. */
const fellSilent: Play = async (stage) => {
  const { under, known, keep } = stage;
  const system = await under({
    registryAnswerWithinMs: 400,
    registryAttempts: 2,
    registryBackoffMs: 50,
    limitInDatabases: { amount: 7_200_000, unit: 'milliseconds' },
  });
  const n = known();
  const stream = streamOf(n);
  await commandFault(system.nc, 'TAX', { fault: 'SILENT', key: codeOf(n) });
  await file(system, n);
  await keep('registration-registry-fell-silent', stream, 'DB_CHECK', 'TASK RESOLVE_SILENCE');
  const waitUntil = new Date(Date.now() + 3_600_000).toISOString();
  const wait = { taskId: 'resolve-silence-1', action: 'WAIT', waitUntil, note: 'Chờ thêm' };
  await send(system, stream, officers.proposer, 'ResolveSilence', wait);
  await keep('registration-waiting-on-after-silence', stream, 'REGISTRY TAX', 'deadline EndWait');
  await commandFault(system.nc, 'TAX', { fault: 'NONE', key: codeOf(n) });
  const early = { queryId: `${stream}.TAX.1`, note: 'Đã có lại' };
  await send(system, stream, officers.proposer, 'EndWaitEarly', early);
  await untilStands(system, stream, 'TASK RESOLVE_SILENCE');
  const again = { taskId: 'resolve-silence-2', action: 'RETRY', note: 'Hỏi lại' };
  await send(system, stream, officers.proposer, 'ResolveSilence', again, 2);
  await keep('registration-asked-again-after-silence', stream, 'PENDING_PROPOSAL');
};

const contradicted: Play = async ({ system, known, keep }) => {
  const n = known();
  const stream = streamOf(n);
  const { organisation, ...dossier } = dossierOf(n);
  const renamed = { ...organisation, nameVi: 'Hợp tác xã Khác Hẳn', establishedOn: '1990-01-01' };
  const filing = { ...filingOf(n), dossier: { ...dossier, organisation: renamed } };
  await send(system, stream, registrant(n), 'FileRequest', filing);
  await keep('registration-contradicted-by-registries', stream, 'DB_FAILED', 'TASK RESOLVE_MISMATCH');
  const refusal = { taskId: 'resolve-mismatch-1', action: 'REFUSE', reasons: [], note: 'Không khớp' };
  await commandFault(system.nc, 'VNEID', { fault: 'SILENT', key: registrant(n).id });
  await send(system, stream, officers.proposer, 'ResolveMismatch', refusal);
  await keep('registration-refused-notice-under-way', stream, 'REFUSED', 'CHANNEL REQUEST_REFUSED');
};

export const registryPlays: readonly Play[] = [silentRegistries, fellSilent, contradicted];
