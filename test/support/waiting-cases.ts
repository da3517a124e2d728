import { systemActor } from '../../domain/deciding.ts';
import { commandFault } from '../../registries/mock/control.ts';
import type { Actor } from '../../schemas/actor.ts';
import { accountOf, numberOf, openAccount, ownerSays } from './accounts.ts';
import { file, send, streamOf } from './play.ts';
import { changeOf, codeOf, jurisdiction, officer, officers, registrant } from './requests.ts';
import type { TestSystem } from './system.ts';

/** A case brought to a state in which it waits, what may happen to it there, and how it goes on to its end. */
export type WaitingCase = {
  readonly kind: string;
  readonly stream: string;
  /** A command that leaves it waiting. */
  meanwhile(): Promise<unknown>;
  /** Ends when the case has ended. */
  finish(): Promise<unknown>;
};
type Reach = (system: TestSystem, n: number) => Promise<WaitingCase>;

const closed = ({ watch }: TestSystem, stream: string) => watch.until(stream, (standing) => standing.closed);
const claimed = (system: TestSystem, stream: string, taskId: string, by: Actor) => async () => {
  await send(system, stream, by, 'ClaimTask', { taskId });
  await send(system, stream, by, 'ReleaseTask', { taskId });
};

/** A request that the registries know nothing of; it passes or fails its local verification in the end. */
const local =
  (result: 'PASS' | 'FAIL'): Reach =>
  async (system, n) => {
    const stream = streamOf(n);
    await file(system, n);
    await system.watch.untilStatus(stream, 'LOCAL_VERIFICATION');
    const reasons = result === 'FAIL' ? ['ADDRESS_MISMATCH'] : [];
    const findings = { taskId: 'verify-1', result, findings: 'Đã xác minh', reasons };
    return {
      kind: `local verification, ${result}`,
      stream,
      meanwhile: claimed(system, stream, 'verify-1', officer(n)),
      async finish() {
        await send(system, stream, officers.verifier, 'RecordFindings', findings);
        const confirmation = { taskId: 'confirm-1', confirmed: true };
        await send(system, stream, officers.head, 'ConfirmFindings', confirmation);
        if (result === 'PASS') {
          const proposal = { taskId: 'propose-1', list: 'test' };
          await send(system, stream, officers.proposer, 'ProposeIssuance', proposal);
          const decision = { taskId: 'decide-1', decision: 'APPROVE', reasons: [] };
          await send(system, stream, officers.director, 'DecideRequest', decision);
        }
        await closed(system, stream);
      },
    };
  };

const silentRegistry: Reach = async (system, n) => {
  const stream = streamOf(n);
  await commandFault(system.nc, 'TAX', { fault: 'SILENT', key: codeOf(n) });
  await file(system, n);
  await system.watch.until(stream, ({ version }) => version >= 7);
  const { proposer } = officers;
  return {
    kind: 'silent registry',
    stream,
    meanwhile: () =>
      send(system, stream, proposer, 'EndWaitEarly', { queryId: `${stream}.TAX.1`, note: 'Không chờ' }),
    async finish() {
      await commandFault(system.nc, 'TAX', { fault: 'NONE', key: codeOf(n) });
      const retry = { taskId: 'resolve-silence-1', action: 'RETRY', note: 'Hỏi lại' };
      await send(system, stream, proposer, 'ResolveSilence', retry);
      await system.watch.untilStatus(stream, 'PENDING_PROPOSAL');
      await send(system, stream, registrant(n), 'WithdrawRequest', { note: 'đổi ý' });
      await closed(system, stream);
    },
  };
};

/** The organisation ends, and its account with it. */
async function dissolve(system: TestSystem, n: number): Promise<void> {
  const change = changeOf(n, `dissolved-${n}`, { status: 'DISSOLVED' });
  await send(system, accountOf(n), systemActor, 'TakeRegistryChange', { change });
  await closed(system, accountOf(n));
}

const unactivated: Reach = async (system, n) => {
  const stream = await openAccount(system, n);
  return {
    kind: 'activation',
    stream,
    meanwhile: async () => {
      await ownerSays(system, n, 'LockOwnAccount');
      await ownerSays(system, n, 'UnlockOwnAccount');
    },
    async finish() {
      await send(system, stream, registrant(n), 'ActivateAccount', {});
      await dissolve(system, n);
    },
  };
};

const locked: Reach = async (system, n) => {
  const stream = await openAccount(system, n);
  await ownerSays(system, n, 'LockOwnAccount');
  return {
    kind: 'locked account',
    stream,
    meanwhile: () =>
      send(system, stream, officers.proposer, 'LockForTermsViolation', { note: 'Vi phạm điều khoản' }),
    async finish() {
      await ownerSays(system, n, 'UnlockOwnAccount');
      await send(system, stream, officers.proposer, 'LiftTermsViolation', { note: 'Đã khắc phục' });
      await dissolve(system, n);
    },
  };
};

const order: Reach = async (system, n) => {
  await openAccount(system, n);
  const stream = `lock-order-t${n}`;
  const { reception, catalogueVersion } = jurisdiction;
  const authority = { kind: 'PROCEEDING_AGENCY', contact: { id: 'agency', name: 'Cơ quan thử nghiệm' } };
  const form = {
    ...{ action: 'LOCK', authority, number: numberOf(n), reason: 'Phục vụ điều tra' },
    document: { number: `${n}/QĐ`, date: '2025-02-28' },
  };
  const data = { channel: 'IN_PERSON_TK03', form, reception, catalogueVersion };
  await send(system, stream, officers.desk, 'FileLockOrder', data);
  await send(system, stream, officers.head, 'ForwardLockOrder', { taskId: 'forward-order-1' });
  return {
    kind: 'lock order',
    stream,
    meanwhile: claimed(system, stream, 'decide-order-1', officers.director),
    async finish() {
      const decision = { taskId: 'decide-order-1', decision: 'APPROVE' };
      await send(system, stream, officers.director, 'DecideLockOrder', decision);
      await closed(system, stream);
    },
  };
};

const verification: Reach = async (system, n) => {
  const stream = `verification-w${n}`;
  const { verifier } = officers;
  const finance: Actor = { id: 'finance', name: 'finance', roles: ['BODY_OFFICER'], unit: 'FINANCE-TEST' };
  const task = { taskId: 'answer-verification-1' };
  await send(system, stream, verifier, 'OpenVerification', {
    ...{ body: 'FINANCE', place: 'TEST', reason: 'Đối chiếu hồ sơ', asker: jurisdiction.verification },
    subject: { organisation: `Công ty TNHH Thử Nghiệm ${n}`, code: codeOf(n) },
    questions: [
      { id: 'exists', kind: 'EXISTENCE' },
      { id: 'address', kind: 'ADDRESS' },
    ],
    askedBy: { id: verifier.id, name: verifier.name },
  });
  const answers = (question: string) => ({ ...task, answers: [{ question, result: 'MATCH' }] });
  return {
    kind: 'verification',
    stream,
    meanwhile: () => send(system, stream, finance, 'AnswerPart', answers('exists')),
    async finish() {
      await send(system, stream, finance, 'AnswerVerification', answers('address'));
      await closed(system, stream);
    },
  };
};

/** Of a hundred cases, so many of each kind. */
const hundred: readonly (readonly [Reach, number])[] = [
  [local('FAIL'), 20],
  [local('PASS'), 20],
  [silentRegistry, 10],
  [unactivated, 15],
  [locked, 15],
  [order, 10],
  [verification, 10],
];
const UNKNOWN = 1_000;

/**
 * Brings a hundred cases to where they wait: requests that the registries do not know or do not answer for, accounts, lock orders,
 * verifications. Their organisations are numbered from `first`; the registries know a hundred from there.
 */
export async function hundredWaiting(system: TestSystem, first = 1): Promise<readonly WaitingCase[]> {
  const reaches = hundred.flatMap(([reach, count]) => Array.from({ length: count }, () => reach));
  const isLocal = (i: number) => i < 40;
  return await Promise.all(
    reaches.map((reach, i) => reach(system, isLocal(i) ? UNKNOWN + first + i : first + i)),
  );
}

/** So many requests that wait for their local verification. */
export const someWaiting = async (system: TestSystem, first: number, count: number) =>
  await Promise.all(Array.from({ length: count }, (_, i) => local('FAIL')(system, UNKNOWN + first + i)));
