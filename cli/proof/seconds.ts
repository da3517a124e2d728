import { DomainError } from '../../domain/error.ts';

/** Milliseconds of an option in whole seconds. @throws DomainError EID_ERR_USAGE */
export function seconds(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  throw new DomainError('EID_ERR_USAGE', { reason: `--${name} is a whole number of seconds` });
}
