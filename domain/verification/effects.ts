import type { BodyAnswer, BodyOutcome, BodyRefusal } from '../../schemas/body.ts';
import type { VerificationCommand, VerificationState } from '../../schemas/verification.ts';
import type { Deadline, Effect } from '../decider.ts';
import { earliest, taskDeadlines } from '../task/deadline.ts';
import { toMs } from '../time.ts';

/** How a verification ended. */
export type BodyReport = {
  readonly verification: string;
  readonly outcome: BodyOutcome;
  readonly answers: BodyAnswer[];
  readonly refusal?: BodyRefusal;
};
/** What the asking case is told; `request` is its stream. */
export type ReportInput = BodyReport & { readonly request: string };
export type VerificationEffect = Effect<'reportOutcome', ReportInput>;

/** What the world should be doing for a verification now. */
export function verificationEffects(state: VerificationState): VerificationEffect[] {
  const request = state.asked?.request;
  const report = reportOf(state);
  if (request === undefined || !report || state.reported) return [];
  return [{ key: 'report-outcome', kind: 'reportOutcome', input: { request, ...report } }];
}

/** How a verification ended; undefined as long as it has not. */
export function reportOf({ stream, outcome, answers, refusal }: VerificationState): BodyReport | undefined {
  if (outcome === undefined) return undefined;
  return { verification: stream, outcome, answers, ...(refusal === undefined ? {} : { refusal }) };
}

/** Reminders, the limit, and the due times of tasks. Of equals the limit goes first: it marks the body's task with it. */
export function verificationDeadline(state: VerificationState): Deadline<VerificationCommand> | undefined {
  const { status, dueAt, reminders, reminded } = state;
  const [next] = reminders;
  const own: Deadline<VerificationCommand>[] = [];
  if (status === 'SENT' && dueAt !== undefined)
    own.push({ at: toMs(dueAt), command: { type: 'MarkVerificationOverdue', data: { dueAt } } });
  if (status === 'SENT' && next !== undefined)
    own.push({ at: toMs(next), command: { type: 'RemindBody', data: { number: reminded + 1 } } });
  return earliest<VerificationCommand>([...own, ...taskDeadlines(state.tasks)]);
}
