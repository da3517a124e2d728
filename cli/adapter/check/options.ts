import { readFileSync } from 'node:fs';
import { DomainError } from '../../../domain/error.ts';
import { CheckCases, subjectOf } from '../../../registries/check/cases.ts';
import { itemsFor } from '../../../registries/check/run.ts';
import type { Registry } from '../../../schemas/registry.ts';

/** Options of `orgeid adapter check` as the command line gives them. */
export type CheckOptions = {
  readonly party: Registry;
  readonly nats?: string;
  readonly seedFile?: string;
  readonly run?: string;
  readonly known?: string;
  readonly unknown?: string;
  readonly cases?: string;
  readonly only?: string;
  readonly timeout: string;
  readonly start: string;
  readonly burst: string;
  readonly json?: boolean;
};

export const badOption = (reason: string): DomainError => new DomainError('EID_ERR_USAGE', { reason });

/** A whole number in a range. @throws DomainError EID_ERR_USAGE */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw badOption(`--${name} is a whole number from ${least} to ${most}, not "${text}"`);
}

/** What to ask about: the file, and over it the codes of the command line. @throws DomainError EID_ERR_USAGE, EID_ERR_FILE */
export function casesOf({ party, known, unknown, cases }: CheckOptions): CheckCases {
  const given = {
    ...(cases === undefined ? {} : readJson(cases)),
    ...(known === undefined ? {} : { known: subjectOf(party, known) }),
    ...(unknown === undefined ? {} : { unknown: subjectOf(party, unknown) }),
  };
  const read = CheckCases.safeParse(given);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const at = issue?.path.join('.') ?? '';
  if (at === 'known' || at === 'unknown') {
    throw badOption(
      `--${at} is required: a code that the registry ${at === 'known' ? 'holds' : 'does not hold'}`,
    );
  }
  throw new DomainError('EID_ERR_FILE', {
    file: cases ?? '',
    reason: `${at || '(whole)'}: ${issue?.message}`,
  });
}

/** The items that `--only` names. @throws DomainError EID_ERR_USAGE naming those that there are */
export function onlyOf({ party, only }: CheckOptions): ReadonlySet<string> | undefined {
  if (only === undefined) return undefined;
  const names = only.split(',').map((name) => name.trim());
  const all = itemsFor(party).map(({ name }) => name);
  const wrong = names.find((name) => !all.includes(name));
  if (wrong !== undefined)
    throw badOption(`--only: no item "${wrong}" for ${party}; there are ${all.join(', ')}`);
  return new Set(names);
}

function readJson(file: string): object {
  try {
    const body: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  } catch (error) {
    throw new DomainError('EID_ERR_FILE', {
      file,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
  throw new DomainError('EID_ERR_FILE', { file, reason: 'not a JSON object' });
}
