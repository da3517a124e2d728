import { DomainError } from '../domain/error.ts';

/** PostgreSQL: connection exceptions, shutdowns and starts, too many connections, statements and locks given up. */
const passing = /^(08...|57P0[1-5]|57014|53[123]00|55P03|25P03)$/;
const network: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** The pool and the driver give these no code. */
const unnamed =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether an error says that an engine does not answer, which passes; not that something is wrong with the request. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isOutage)) return true;
  if (!(error instanceof Error) || error instanceof DomainError) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return passing.test(code) || network.has(code) || unnamed.test(error.message);
}
