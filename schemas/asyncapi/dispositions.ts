import type { ChangeDisposition } from '../change.ts';
import type { AnswerDisposition } from '../registry.ts';
import { answerExamples, changeExamples } from './examples.ts';

/** What the system made of a message, and what its sender does about it. */
export type Disposition = { readonly meaning: string; readonly next: string };

const NOTHING = 'Nothing.';

/** Of a message on `answers.*`. The sender hears nothing: it is in the journal, by these names. */
export const answerDispositions: Readonly<Record<AnswerDisposition, Disposition>> = {
  TAKEN: { meaning: 'The case has it: found, not found, or refused.', next: NOTHING },
  UNAVAILABLE: {
    meaning: 'The question is put again later, as often as the policy says.',
    next: 'Answer the next attempt.',
  },
  DUPLICATE: { meaning: 'The same answer, by its id, was taken before.', next: NOTHING },
  LATE: {
    meaning: 'Nobody waits for it: another answer was taken, a person decided, or the case is closed.',
    next: NOTHING,
  },
  CONTRADICTS: {
    meaning:
      'Another answer to this question was taken, and this one says something else. It changes nothing; people see it.',
    next: 'Give a question one answer. When the record changed meanwhile, publish a change.',
  },
  REVOKED: {
    meaning: 'Its party had no valid key when it came. It is kept and not believed.',
    next: 'Ask for a new key.',
  },
  MALFORMED: {
    meaning: 'Not JSON, not a CloudEvent, of a type or version that is not spoken here, or not of its shape.',
    next: 'Mend what `detail` names; the question comes again when its answer time is over.',
  },
  MISADDRESSED: {
    meaning: 'On another subject than its signer’s, or to a question that was not put to its signer.',
    next: 'Publish on your own subject, and answer only what came on your own queue.',
  },
};

/** Of a message on `changes.*`. */
export const changeDispositions: Readonly<Record<ChangeDisposition, Disposition>> = {
  TAKEN: { meaning: 'The account has it.', next: NOTHING },
  DUPLICATE: {
    meaning: 'Taken before, or the account holds all of it.',
    next: 'Other content goes under another id.',
  },
  UNKNOWN: { meaning: 'No account and no open request has these codes.', next: NOTHING },
  NOT_YET_OPEN: { meaning: 'Taken up when the account opens.', next: NOTHING },
  AFTER_END: { meaning: 'The organisation is dissolved: nothing changes any more.', next: NOTHING },
  CONFLICT: {
    meaning: 'Its codes belong to two organisations; a person looks at it.',
    next: 'Correct the record and publish that under a new id.',
  },
  MALFORMED: answerDispositions.MALFORMED,
  MISADDRESSED: {
    meaning: 'On another subject than its own registry’s.',
    next: 'Publish on your own subject, under a new `Nats-Msg-Id`.',
  },
};

/** A message that is refused, as it was sent, and what the journal says of it. */
export type RefusedExample = {
  readonly name: string;
  readonly subject: string;
  /** The bytes as text where they are no JSON, else the message. */
  readonly message: string | object;
  readonly disposition: 'MALFORMED' | 'MISADDRESSED';
  readonly detail: string;
};

const named = (examples: typeof answerExamples, name: string): { readonly data: object } & object => {
  const one = examples.find((example) => example.name === name);
  if (!one) throw new RangeError(name);
  return one.payload;
};
const answer = named(answerExamples, 'notFound');
const change = named(changeExamples, 'moved');
const told = { subject: 'answers.TAX', disposition: 'MALFORMED' } as const;

/** The mistakes that adapters make, one of each kind. */
export const refusedExamples: readonly RefusedExample[] = [
  { ...told, name: 'cutOff', message: '{"specversion":"1.0","id":"regis', detail: 'not JSON' },
  {
    ...told,
    name: 'withoutEnvelope',
    message: answer.data,
    detail: 'specversion: invalid_value; source: invalid_type; type: invalid_type; data: invalid_type',
  },
  {
    ...told,
    name: 'unknownVersion',
    message: { ...answer, type: 'orgeid.registry.answer.v2' },
    detail: 'type: unknown version',
  },
  {
    ...told,
    name: 'anotherKind',
    message: { ...answer, type: 'orgeid.registry.change.v1' },
    detail: 'type: not expected here',
  },
  {
    ...told,
    name: 'unknownOutcome',
    message: { ...answer, data: { ...answer.data, outcome: 'ERROR' } },
    detail: 'data.outcome: invalid_union',
  },
  {
    ...told,
    name: 'localTime',
    message: { ...answer, data: { ...answer.data, answeredAt: '2025-04-02T08:00:04+07:00' } },
    detail: 'data.answeredAt: invalid_format',
  },
  {
    name: 'anotherSubject',
    subject: 'answers.BUSINESS',
    message: answer,
    disposition: 'MISADDRESSED',
    detail: 'sent as BUSINESS, signed by TAX',
  },
  {
    name: 'anotherQuestion',
    subject: 'answers.TAX',
    message: { ...answer, data: { ...answer.data, queryId: 'registration-019600d1.BUSINESS.1' } },
    disposition: 'MISADDRESSED',
    detail: 'the question was not put to TAX',
  },
  {
    name: 'changeOfTheFuture',
    subject: 'changes.BUSINESS',
    message: { ...change, data: { ...change.data, changedAt: '2999-01-01T00:00:00.000Z' } },
    disposition: 'MALFORMED',
    detail: 'data.changedAt: lies in the future',
  },
  {
    name: 'changeOfAnother',
    subject: 'changes.TAX',
    message: change,
    disposition: 'MISADDRESSED',
    detail: 'sent as TAX, signed by BUSINESS',
  },
];
