import type { KeptFor } from '../../schemas/policy.ts';

const DAY_MS = 86_400_000;

/**
 * The instant from which on everything must still be there. The day on which a period begins is not counted and its last day is whole
 * (Civil Code 2015 Arts 147, 148), so in days it lasts up to one more.
 *
 * @param now epoch ms
 * @returns epoch ms
 */
export const keptSince = ({ amount, unit }: KeptFor, now: number): number =>
  now - (unit === 'milliseconds' ? amount : (amount + 1) * DAY_MS);
