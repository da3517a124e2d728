import process from 'node:process';
import { DomainError } from '../domain/error.ts';
import { type ErrorCode, errorTable } from '../schemas/errors.ts';

/** What a command tells about an error. */
export type ToldError = {
  readonly code: string;
  readonly message: string;
  readonly next: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** Prints a fatal error on standard error: `CODE: message — what to do next`, or one JSON object `{"error":{…}}`. */
export function printError(error: unknown, { json }: { json: boolean }): void {
  const told = tell(error);
  const line = json ? JSON.stringify({ error: told }) : `${told.code}: ${told.message} — ${told.next}`;
  process.stderr.write(`${line}\n`);
}

/** 2 for input that the caller can correct, a date outside the calendar among it; else 1. */
export function exitCodeOf(error: unknown): 1 | 2 {
  const { code } = tell(error);
  if (code === 'EID_ERR_CALENDAR_RANGE') return 2;
  const status = isKnown(code) ? errorTable[code].status : 500;
  return status < 500 && status !== 409 ? 2 : 1;
}

/** Code, message and next step of anything thrown; what carries no `EID_ERR_*` code is an internal error. */
export function tell(error: unknown): ToldError {
  const code = codeOf(error);
  const raw = error instanceof Error ? error.message : String(error);
  if (!code) return { code: 'EID_ERR_INTERNAL', message: raw, next: 'report this message' };
  const next = isKnown(code) ? errorTable[code].next : 'see the message';
  if (!(error instanceof DomainError))
    return { code, message: raw.startsWith(`${code}: `) ? raw.slice(code.length + 2) : raw, next };
  const said = detailsText(error.details);
  const message = errorTable[error.code].en.replace(/\.$/, '');
  return { code, message: said ? `${message} (${said})` : message, next, details: error.details };
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code.startsWith('EID_ERR_') ? error.code : undefined;
}

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(errorTable, code);

function detailsText(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .map(([key, value]) => (key === 'reason' ? text(value) : `${key}: ${text(value)}`))
    .join('; ');
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(text).join(', ');
  if (typeof value === 'object' && value !== null && 'path' in value && 'message' in value)
    return `${String(value.path)} ${String(value.message)}`.trim();
  return JSON.stringify(value) ?? 'none';
}
