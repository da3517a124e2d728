import { commandFault } from '../../../registries/mock/control.ts';
import type { Actor } from '../../../schemas/actor.ts';
import { file, send, streamOf } from '../../support/play.ts';
import { dossierOf, filingOf, officers, registrant } from '../../support/requests.ts';
import type { Play } from '../stage.ts';

const incomplete = (n: number) => ({ ...filingOf(n), dossier: { ...dossierOf(n), undertaking: false } });

const drafted: Play = async ({ system, known, keep }) => {
  const n = known();
  const stream = streamOf(n);
  await send(system, stream, registrant(n), 'DraftDossier', filingOf(n));
  await keep('registration-drafted', stream, 'DRAFT', 'PERSON SUBMIT');
  await send(system, stream, registrant(n), 'WithdrawRequest', { note: 'đổi ý' });
  await system.watch.until(stream, ({ closed }) => closed);
  await keep('registration-withdrawn', stream);
};

const consented: Play = async ({ system, known, keep }) => {
  const n = known();
  const stream = streamOf(n);
  const other: Actor = { id: `other-${n}`, name: 'Trần Thị B', roles: ['REPRESENTATIVE'] };
  const { id, name } = other;
  const otherRepresentatives = [{ id, name, number: '000011111111', nationality: 'VN' }];
  const dossier = { ...dossierOf(n), otherRepresentatives };
  await send(system, stream, registrant(n), 'FileRequest', { ...filingOf(n), dossier });
  await keep('registration-waiting-for-consent', stream, 'AWAITING_CONSENT', 'PERSON CONSENT');
  await send(system, stream, other, 'GiveConsent', {});
  await keep('registration-consented', stream, 'PENDING_PROPOSAL');
};

const received: Play = async ({ under, known, keep }) => {
  const n = known();
  const stream = streamOf(n);
  const acceptance = { VNEID_APP: 'OFFICER', VNEID_WEB: 'OFFICER', IN_PERSON_TK02: 'OFFICER' } as const;
  const system = await under({ acceptance });
  await file(system, n);
  await keep('registration-waiting-for-reception', stream, 'SUBMITTED', 'TASK RECEIVE');
  await send(system, stream, officers.desk, 'AcceptDossier', { taskId: 'receive-1' });
  await keep('registration-accepted-by-officer', stream, 'PENDING_PROPOSAL');
};

const supplemented: Play = async ({ system, known, keep }) => {
  const n = known();
  const stream = streamOf(n);
  await send(system, stream, registrant(n), 'FileRequest', incomplete(n));
  await keep('registration-supplement-asked', stream, 'RETURNED', 'PERSON SUPPLEMENT');
  const { dossier, jurisdiction } = filingOf(n);
  await send(system, stream, registrant(n), 'ResubmitRequest', { dossier, jurisdiction });
  await keep('registration-supplemented', stream, 'PENDING_PROPOSAL');
};

/** The channel says nothing: the notice is under way for as long as that lasts. */
const noticeUnderWay: Play = async ({ system, known, keep }) => {
  const n = known();
  const stream = streamOf(n);
  await commandFault(system.nc, 'VNEID', { fault: 'SILENT', key: registrant(n).id });
  await send(system, stream, registrant(n), 'FileRequest', incomplete(n));
  await keep(
    'registration-supplement-asked-notice-under-way',
    stream,
    'CHANNEL DOSSIER_RETURNED',
    'effect notify',
  );
};

const undeliverable: Play = async ({ system, known, keep }) => {
  const n = known();
  const stream = streamOf(n);
  await commandFault(system.nc, 'VNEID', { fault: 'WRONG', key: registrant(n).id });
  const mobile = `09${String(n).padStart(8, '0')}`;
  await commandFault(system.nc, 'SMS', { fault: 'WRONG', key: mobile });
  const { registrant: person, ...dossier } = incomplete(n).dossier;
  const unreached = { ...incomplete(n), dossier: { ...dossier, registrant: { ...person, mobile } } };
  await send(system, stream, registrant(n), 'FileRequest', unreached);
  await keep('registration-notice-undeliverable', stream, 'RETURNED', 'TASK DELIVER_NOTICE');
};

export const filingPlays: readonly Play[] = [
  drafted,
  consented,
  received,
  supplemented,
  noticeUnderWay,
  undeliverable,
];
