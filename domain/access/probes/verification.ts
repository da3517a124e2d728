import type { BodyAnswer } from '../../../schemas/body.ts';
import type { VerificationCommand, VerificationState } from '../../../schemas/verification.ts';
import { unanswered } from '../../verification/answers.ts';
import { never, type Probes, type Probing, WORDS } from './probe.ts';
import { onTask, sharedProbes } from './tasks.ts';

type Asking = Extract<VerificationCommand, { type: 'OpenVerification' }>['data'];

/** Asked by the own unit. */
const asking = ({ actor }: Probing<VerificationState>): readonly Asking[] => {
  const { id, name, unit = 'X', unitPath = [unit] } = actor;
  return [
    {
      body: 'FINANCE',
      place: 'X',
      subject: { organisation: WORDS },
      questions: [{ id: 'q', kind: 'EXISTENCE' }],
      reason: WORDS,
      asker: { unit, name: WORDS, path: unitPath },
      askedBy: { id, name },
    },
  ];
};

const answering = ({ asked, answers }: VerificationState): BodyAnswer[] =>
  unanswered(asked?.questions ?? [], answers).map(({ id }) => ({ question: id, result: 'NO_DATA' }));

const { RecordNoticeOutcome: _, ResolveNotice: __, ...taskProbes } = sharedProbes;

export const verificationProbes: Probes<VerificationCommand, VerificationState> = {
  OpenVerification: asking,
  AnswerPart: (probing) =>
    onTask('ANSWER_VERIFICATION', (taskId) => {
      const answers = answering(probing.state);
      return answers.length > 1 ? [{ taskId, answers: answers.slice(0, 1) }] : [];
    })(probing),
  AnswerVerification: (probing) =>
    onTask('ANSWER_VERIFICATION', (taskId) => [{ taskId, answers: answering(probing.state) }])(probing),
  RefuseVerification: onTask('ANSWER_VERIFICATION', (taskId) => [{ taskId, reason: 'OTHER', text: WORDS }]),
  ChaseVerification: onTask('CHASE_VERIFICATION', (taskId) => [{ taskId, note: WORDS }]),
  WithdrawVerification: () => [{ note: WORDS }],
  RemindBody: never,
  MarkVerificationOverdue: never,
  RecordReported: never,
  ...taskProbes,
};
