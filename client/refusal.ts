import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { DomainError } from '../domain/error.ts';
import { type ErrorCode, errorTable } from '../schemas/errors.ts';

const isCode = (type: string | null | undefined): type is ErrorCode =>
  typeof type === 'string' && type in errorTable;

/** The refusal that a failed Update carries, if it is one of the rules'. */
export function refusalIn(error: unknown): DomainError | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : error;
  if (!(cause instanceof ApplicationFailure) || !isCode(cause.type)) return undefined;
  const details = (cause.details?.[0] ?? {}) as Record<string, unknown>;
  return new DomainError(cause.type, details);
}

/** Whether a case answered a wake-up call with "I know my log". */
export function isUpToDate(error: unknown): boolean {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : error;
  return cause instanceof ApplicationFailure && cause.type === 'EID_UP_TO_DATE';
}
