import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { DomainError } from '../domain/error.ts';

/**
 * PostgreSQL: connection exceptions, shutdowns and starts, want of resources, statements and locks given up, deadlocks, and a server that
 * has become, or is not yet more than, a copy (25006).
 */
const passing = /^(08...|57P0[1-5]|57014|53...|55P03|25P03|25006|40001|40P01)$/;
const network: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
]);
/** The pool and the driver give these no code. */
const unnamed =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|timeout expired|Cannot use a pool after|Client was closed|Client has encountered a connection error)/;

/** Whether an error says that an engine does not answer, which passes; not that something is wrong with the request. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isOutage)) return true;
  if (!(error instanceof Error) || error instanceof DomainError) return false;
  if (error instanceof ServiceError || isGrpcServiceError(error)) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return passing.test(code) || network.has(code) || unnamed.test(error.message);
}
