import { z } from 'zod';
import { Instant } from '../codes.ts';

const fromText =
  (read: (text: string) => unknown) =>
  (said: unknown): unknown =>
    typeof said === 'string' ? read(said) : said;

/** A truth value in an address: `true` or `false`. */
export const flag = z.preprocess(
  fromText((text) => (text === 'true' ? true : text === 'false' ? false : text)),
  z.boolean(),
);

/** A whole number in an address, between two bounds. */
export const whole = (min: number, max: number) =>
  z.preprocess(
    fromText((text) => (/^\d{1,15}$/.test(text) ? Number(text) : text)),
    z.int().min(min).max(max),
  );

/** A list in an address: the parameter again for each, or with commas between. */
export const listOf = <One extends z.ZodType>(one: One, most: number) =>
  z.preprocess((said) => [said].flat().flatMap(parted), z.array(one).min(1).max(most));

const parted = (said: unknown): unknown[] => (typeof said === 'string' ? said.split(',') : [said]);

/** An instant as PostgreSQL can hold it. */
export const instant = Instant.max(40).regex(/^[1-9]/);

/** `next` of the page before. */
export const after = z.string().min(1).max(2000);
