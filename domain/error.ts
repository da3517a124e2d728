import type { ErrorCode } from '../schemas/errors.ts';

/** A command or datum that the rules refuse; `code` is a key of the error table, `details` says what and who. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }
}
