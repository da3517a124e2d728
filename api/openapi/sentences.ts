/**
 * What each command that people give does, in a line. The command's name stands for it until it has one here, which a test asks for.
 */
export const sentences: Readonly<Record<string, string>> = {
  DraftDossier: 'Begin a request, to be completed and sent later',
  ReviseDraft: 'Replace the dossier of a draft',
  SubmitRequest: 'Send a draft',
  FileRequest: 'File a request for an account in one step',
  GiveConsent: 'Agree to the request, as another legal representative',
  RefuseConsent: 'Refuse to agree to the request, as another legal representative',
  WithdrawConsent: 'Take an agreement back before the request is decided',
  AcceptDossier: 'Accept the dossier; the time limit of the law runs from here',
  ReturnDossier: 'Return the dossier to be supplemented, with reasons',
  RefuseDossier: 'Refuse the dossier at reception, with reasons',
  ResubmitRequest: 'Send a returned request again, with the supplemented dossier',
  WithdrawRequest: 'Take the request back before it is decided',
  EndWaitEarly: 'End the wait for a registry before the policy does, so that a person decides how to go on',
  ResolveSilence:
    'Decide how to go on without the answer of a registry: ask again, wait, record what a paper shows, or verify locally',
  ResolveMismatch: 'Decide what a difference between dossier and registry means',
  RecordFindings: 'Record what was found at the organisation’s place',
  ConfirmFindings: 'Confirm the findings of an officer of the unit, or send them back',
  ProposeIssuance: 'Put the request on a proposal list for the Director',
  DecideRequest: 'Approve the request, refuse it with reasons, or send it back',
  ClaimTask: 'Claim a task that nobody holds',
  ReleaseTask: 'Give a task back to the unit',
  ReassignTask: 'Give a task of the unit to another colleague, as the head',
  DelegateTask: 'Hand a task that one holds to a colleague',
  EscalateTask: 'Take a task up to the unit above',
  ResolveNotice:
    'Settle a notice that no channel could deliver: send it again, or record that it was handed over',
  ActivateAccount: 'Activate the own account',
  ActivateThroughCallCentre: 'Activate an account whose time for activation has passed',
  LockOwnAccount: 'Lock the own account, for a term or until it is unlocked',
  UnlockOwnAccount: 'Lift the owner’s own lock',
  LockForTermsViolation: 'Lock an account whose owner violated the terms of use',
  LiftTermsViolation: 'Lift the lock for a violation that was put right',
  DeclareEnd: 'Declare that the organisation, which no registry knows, has ended',
  ResolveEndDeclaration: 'Accept or reject a declared end',
  SettleAcknowledgement: 'Record how it was settled that a service did not acknowledge a lock',
  ResolveChangeConflict: 'Settle a change of a registry whose new code another organisation holds',
  ReviewOwner: 'Record who owns the account after a change of legal representative',
  FileLockOrder: 'Record an order on form TK03',
  ResubmitLockOrder: 'Record the supplemented form of a returned order',
  ReturnLockOrder: 'Return an order to the authority, with what is missing',
  ForwardLockOrder: 'Forward an order to C06',
  DecideLockOrder: 'Approve an order, refuse it with written reasons, or send it back',
  WithdrawLockOrder: 'Record that the authority takes its order back',
  ResolveOrder:
    'Settle an order that the account could not carry out: try again, or end it with written reasons',
  AskBody: 'Ask another body about the organisation, before doing the task that one has',
  OpenVerification: 'Ask another body about an organisation, for the own unit',
  AnswerPart: 'Answer some of the questions, as the body that is asked',
  AnswerVerification: 'Answer all questions that remain, as the body that is asked',
  RefuseVerification: 'Refuse to answer, with the reason, as the body that is asked',
  ChaseVerification: 'Record that the body was chased after the limit; it is given time once more',
  WithdrawVerification: 'Take the question back, as the unit that asked',
};

/** The words of a command's name: `ClaimTask` is "Claim task". */
const words = (type: string): string => {
  const [first = '', ...rest] = type.replace(/(?<=[a-z])[A-Z]/g, ' $&').split(' ');
  return [first, ...rest.map((word) => word.toLowerCase())].join(' ');
};

export const sentenceOf = (type: string): string => sentences[type] ?? words(type);
