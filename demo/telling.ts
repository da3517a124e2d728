import { inVietnam } from '../domain/calendar/local-time.ts';
import type { PolicyParameters } from '../schemas/policy.ts';

/** What an event says in words, and which parameter of the policy it follows. */
export type Sentence = {
  readonly vi: string;
  readonly en: string;
  readonly parameter: keyof PolicyParameters;
};

export type Data = Readonly<Record<string, unknown>>;
export type Teller = (data: Data) => Sentence;

export const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : Array.isArray(value)
      ? value.map(text).join(', ')
      : '';

export const fixed =
  (vi: string, en: string, parameter: keyof PolicyParameters): Teller =>
  () => ({ vi, en, parameter });

export const named =
  (field: string, vi: string, en: string, parameter: keyof PolicyParameters): Teller =>
  (data) => ({ vi: `${vi}: ${text(data[field])}`, en: `${en}: ${text(data[field])}`, parameter });

/** The due time in a limit or period, in Viet Nam. */
export const dueOf = (limit: unknown): string => {
  const { dueAt } = (limit ?? {}) as { dueAt?: string };
  return dueAt === undefined ? '' : inVietnam(dueAt);
};

export const nameOf = (data: Data, field: string): string =>
  text((data[field] as { name?: string } | undefined)?.name);
