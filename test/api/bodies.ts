import type { ExposedCommand } from '../../api/commands/exposed.ts';
import type { Actor } from '../../schemas/actor.ts';
import { dossierOf } from '../support/requests.ts';

const task = { taskId: 'none' };
const note = { note: 'thử nghiệm' };
const reasons = { reasons: [] };

const asking = {
  body: 'FINANCE',
  place: 'TEST',
  questions: [{ id: 'exists', kind: 'EXISTENCE' }],
  reason: 'thử nghiệm',
};

/** A body of the right shape for every command; what it says need not be true of any case. */
const bodies: Readonly<Record<string, object>> = {
  SubmitRequest: {},
  GiveConsent: {},
  RefuseConsent: {},
  WithdrawConsent: {},
  AcceptDossier: task,
  ReturnDossier: { ...task, ...reasons },
  RefuseDossier: { ...task, ...reasons },
  WithdrawRequest: {},
  EndWaitEarly: { queryId: 'registration-1.TAX.1', ...note },
  ResolveSilence: { ...task, ...note, action: 'RETRY' },
  ResolveMismatch: { ...task, ...note, ...reasons, action: 'RETURN' },
  RecordFindings: { ...task, ...reasons, result: 'PASS', findings: 'thử nghiệm' },
  ConfirmFindings: { ...task, confirmed: true },
  ProposeIssuance: { ...task, list: 'DS-00' },
  DecideRequest: { ...task, ...reasons, decision: 'APPROVE' },
  ClaimTask: task,
  ReleaseTask: task,
  ReassignTask: { ...task, to: { id: 'verifier' } },
  DelegateTask: { ...task, to: { id: 'verifier' } },
  EscalateTask: task,
  ResolveNotice: { ...task, ...note, action: 'RETRY' },
  ActivateAccount: {},
  ActivateThroughCallCentre: {},
  LockOwnAccount: {},
  UnlockOwnAccount: {},
  LockForTermsViolation: note,
  LiftTermsViolation: note,
  DeclareEnd: { ...note, code: 'DISSOLVED' },
  ResolveEndDeclaration: { ...task, ...note, accepted: true },
  SettleAcknowledgement: { ...task, ...note },
  ResolveChangeConflict: { ...task, ...note },
  ReviewOwner: { ...task, ...note },
  ResubmitLockOrder: { form: { action: 'LOCK' } },
  ReturnLockOrder: { ...task, ...note },
  ForwardLockOrder: task,
  DecideLockOrder: { ...task, decision: 'APPROVE' },
  WithdrawLockOrder: note,
  ResolveOrder: { ...task, ...note, action: 'RETRY' },
  AskBody: { ...task, ...asking },
  OpenVerification: { ...asking, subject: { organisation: 'Tổ chức thử nghiệm' } },
  AnswerPart: { ...task, answers: [{ question: 'exists', result: 'MATCH' }] },
  AnswerVerification: { ...task, answers: [{ question: 'exists', result: 'MATCH' }] },
  RefuseVerification: { ...task, reason: 'OTHER', text: 'thử nghiệm' },
  ChaseVerification: { ...task, ...note },
  WithdrawVerification: note,
};

/** Organisations that nobody else in a test uses. */
const NOBODYS = 7;

/** @throws for a command that has none here: a new one wants a body */
export function bodyOf({ type }: ExposedCommand, actor: Actor): object {
  const dossier = dossierOf(NOBODYS);
  switch (type) {
    case 'FileRequest':
    case 'DraftDossier':
      return actor.unit === undefined
        ? { channel: 'VNEID_APP', dossier }
        : { channel: 'IN_PERSON_TK02', registrantId: 'somebody', dossier };
    case 'ReviseDraft':
    case 'ResubmitRequest':
      return { dossier };
    case 'FileLockOrder':
      return { channel: 'IN_PERSON_TK03', form: { action: 'LOCK' } };
    default: {
      const body = bodies[type];
      if (!body) throw new Error(`give ${type} a body`);
      return body;
    }
  }
}
