import { ApplicationFailure, DeterminismViolationError, isCancellation, log } from '@temporalio/workflow';
import { DomainError } from '../domain/error.ts';
import { UP_TO_DATE } from './messages.ts';

/**
 * A refusal as Temporal carries it: the code as its type. Anything else would retry the workflow task for ever.
 * @throws DeterminismViolationError as it is: there the task has to be tried again, by the code that made the history
 */
export function asFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof DeterminismViolationError) throw error;
  if (error instanceof DomainError) {
    return ApplicationFailure.create({
      type: error.code,
      message: error.code,
      details: [error.details],
      nonRetryable: true,
    });
  }
  if (!isCancellation(error))
    log.error('a command failed in a way no rule foresees', { error: String(error) });
  return ApplicationFailure.create({ type: 'EID_ERR_INTERNAL', message: String(error), nonRetryable: true });
}

/** Answers a wake-up call of a case that knows its log already, without writing history. */
export const upToDate = (): ApplicationFailure =>
  ApplicationFailure.create({ type: UP_TO_DATE, message: UP_TO_DATE, nonRetryable: true });

/**
 * In a replay the rules decide once more what the log holds already.
 * @throws DeterminismViolationError when they decide on more or fewer events: the case stands still, rather than go on from
 * a version that its log has not come to
 */
export function mustHaveRecorded(version: number, decided: number): void {
  if (version === decided) return;
  throw new DeterminismViolationError(`the log came to version ${version}, the rules to ${decided}`);
}
