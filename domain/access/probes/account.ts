import type { AccountCommand, AccountState } from '../../../schemas/account.ts';
import { bare, never, type Probes, WORDS } from './probe.ts';
import { onTask, sharedProbes } from './tasks.ts';

const noted = () => [{ note: WORDS }];
const onTaskNoted = (taskId: string) => [{ taskId, note: WORDS }];

export const accountProbes: Probes<AccountCommand, AccountState> = {
  ActivateAccount: bare,
  ActivateThroughCallCentre: bare,
  LockOwnAccount: bare,
  UnlockOwnAccount: bare,
  LockForTermsViolation: noted,
  LiftTermsViolation: noted,
  DeclareEnd: () => [
    { code: 'OPERATION_CEASED', note: WORDS },
    { code: 'DISSOLVED', note: WORDS },
  ],
  ResolveEndDeclaration: onTask('REVIEW_END', (taskId) => [
    { taskId, accepted: true, note: WORDS },
    { taskId, accepted: false, note: WORDS },
  ]),
  SettleAcknowledgement: onTask('CHASE_SERVICE', onTaskNoted),
  ResolveChangeConflict: onTask('REVIEW_CHANGE', onTaskNoted),
  ReviewOwner: onTask('REVIEW_OWNER', onTaskNoted),
  OpenAccount: never,
  SendReminder: never,
  MarkActivationOverdue: never,
  ApplyOrder: never,
  EndTerm: never,
  TakeRegistryChange: never,
  NoteChangeConflict: never,
  AcknowledgeLock: never,
  MarkAcknowledgementOverdue: never,
  ...sharedProbes,
};
