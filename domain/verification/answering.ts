import { DomainError } from '../error.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { mustFitQuestions, outcomeOf, unanswered } from './answers.ts';
import { type CommandNamed, type Decision, type Rules, waitedFor } from './state.ts';
import { finish, workOn } from './steps.ts';

/** The body answers some of the questions; it goes on with the rest. */
export function answerPart(d: Decision, { data }: CommandNamed<'AnswerPart'>, rules: Rules): void {
  const waiting = unanswered(waitedFor(d.state).questions, d.state.answers);
  workOn(d, rules, 'ANSWER_VERIFICATION', data.taskId);
  mustFitQuestions(data.answers, waiting);
  if (data.answers.length === waiting.length) {
    const why = 'answers all that remains: use AnswerVerification';
    throw new DomainError('EID_ERR_SHAPE', { fields: [{ field: 'data.answers', why }] });
  }
  d.add({ type: 'VerificationPartAnswered', data: { answers: data.answers } });
}

/** The body answers all that remains. */
export function answerAll(d: Decision, { data }: CommandNamed<'AnswerVerification'>, rules: Rules): void {
  const waiting = unanswered(waitedFor(d.state).questions, d.state.answers);
  finish(d, rules, 'ANSWER_VERIFICATION', data.taskId);
  mustFitQuestions(data.answers, waiting);
  const missing = unanswered(waiting, data.answers).map(({ id }) => id);
  if (missing.length > 0) throw new DomainError('EID_ERR_ANSWER_INCOMPLETE', { missing });
  const outcome = outcomeOf([...d.state.answers, ...data.answers]);
  d.add(...cancelOpenTasks(d.state.tasks, 'VERIFICATION_ANSWERED'));
  d.add({ type: 'VerificationAnswered', data: { answers: data.answers, outcome } });
}

/** The body will not answer: final, with its reason in words. Part that it answered before stays. */
export function refuse(d: Decision, { data }: CommandNamed<'RefuseVerification'>, rules: Rules): void {
  waitedFor(d.state);
  finish(d, rules, 'ANSWER_VERIFICATION', data.taskId);
  d.add(...cancelOpenTasks(d.state.tasks, 'VERIFICATION_REFUSED'));
  d.add({ type: 'VerificationRefused', data: { reason: data.reason, text: data.text } });
}
