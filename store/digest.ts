import { createHash } from 'node:crypto';
import { canonical } from './body.ts';

/** SHA-256 of the canonical JSON of a value, lower-case hex. */
export const sha256Of = (value: unknown): string =>
  createHash('sha256').update(canonical(value), 'utf8').digest('hex');
