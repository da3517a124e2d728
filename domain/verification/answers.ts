import type { BodyAnswer, BodyOutcome, BodyQuestion } from '../../schemas/body.ts';
import { DomainError } from '../error.ts';

const slip = (field: string, why: string): DomainError =>
  new DomainError('EID_ERR_SHAPE', { fields: [{ field, why }] });

/**
 * Questions that can be told apart, with words where the kind says nothing.
 * @throws DomainError EID_ERR_SHAPE
 */
export function mustBeAskable(questions: readonly BodyQuestion[]): void {
  questions.forEach(({ id, kind, text }, i) => {
    const field = `data.questions.${i}`;
    if (questions.findIndex((each) => each.id === id) !== i)
      throw slip(`${field}.id`, 'names a question again');
    if (kind === 'OTHER' && text === undefined) throw slip(`${field}.text`, 'needed for OTHER');
  });
}

/** The questions that have no answer yet. */
export const unanswered = (questions: readonly BodyQuestion[], answers: readonly BodyAnswer[]) =>
  questions.filter(({ id }) => !answers.some(({ question }) => question === id));

/**
 * Answers to questions that wait for one, each once.
 * @throws DomainError EID_ERR_SHAPE
 */
export function mustFitQuestions(answers: readonly BodyAnswer[], waiting: readonly BodyQuestion[]): void {
  answers.forEach(({ question }, i) => {
    const field = `data.answers.${i}.question`;
    if (!waiting.some(({ id }) => id === question)) throw slip(field, 'was not asked, or has its answer');
    if (answers.findIndex((each) => each.question === question) !== i) throw slip(field, 'is answered twice');
  });
}

/** One word for all answers: a mismatch outweighs missing data, and that outweighs a match. */
export function outcomeOf(answers: readonly BodyAnswer[]): BodyOutcome {
  const results = answers.map(({ result }) => result);
  if (results.includes('MISMATCH')) return 'MISMATCH';
  return results.includes('NO_DATA') ? 'NO_DATA' : 'MATCH';
}
