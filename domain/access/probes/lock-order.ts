import type { LockOrderCommand, LockOrderState } from '../../../schemas/lock-order.ts';
import { never, type Probes, type Probing, WORDS } from './probe.ts';
import { onTask, sharedProbes } from './tasks.ts';

type Filing = Extract<LockOrderCommand, { type: 'FileLockOrder' }>['data'];

/** Taken in at the own desk. */
function filing({ actor: { unit = 'X', unitPath = [unit] } }: Probing<LockOrderState>): readonly Filing[] {
  return (['IN_PERSON_TK03', 'POST'] as const).map((channel) => ({
    channel,
    form: { action: 'LOCK' },
    reception: { unit, name: WORDS, path: unitPath },
    catalogueVersion: WORDS,
  }));
}

export const lockOrderProbes: Probes<LockOrderCommand, LockOrderState> = {
  FileLockOrder: filing,
  ResubmitLockOrder: ({ state: { form } }) => (form ? [{ form }] : []),
  WithdrawLockOrder: () => [{ note: WORDS }],
  ForwardLockOrder: onTask('FORWARD_ORDER', (taskId) => [{ taskId }]),
  ReturnLockOrder: onTask('FORWARD_ORDER', (taskId) => [{ taskId, note: WORDS }]),
  DecideLockOrder: onTask('DECIDE_ORDER', (taskId) => [
    { taskId, decision: 'APPROVE' },
    { taskId, decision: 'REFUSE', reasons: WORDS },
    { taskId, decision: 'SEND_BACK' },
  ]),
  ResolveOrder: onTask('RESOLVE_ORDER', (taskId) => [
    { taskId, action: 'RETRY', note: WORDS },
    { taskId, action: 'END', note: WORDS },
  ]),
  RecordOrderOutcome: never,
  ...sharedProbes,
};
