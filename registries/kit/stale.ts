import type { Question } from './adapter.ts';

/**
 * Whether an attempt may be left unanswered: its time is over and another one follows or has followed, as Temporal asks again
 * once the answer time ends. The last attempt is never stale, since a case takes the answer of a registry that was silent; nor is
 * one that does not say how many there are. A clock that is wrong delays an answer, it never loses one. `now`: epoch ms.
 */
export function isStale(question: Question, now: number): boolean {
  if (!('registry' in question)) return false;
  const { attempt, attempts, answerBy } = question;
  if (attempts === undefined || answerBy === undefined) return false;
  return attempt < attempts && Date.parse(answerBy) < now;
}
