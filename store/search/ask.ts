import { searchCode, searchWords } from '../../domain/search/normal.ts';
import { marksOf, type SearchScope } from '../../domain/search/scope.ts';
import { typeMark } from '../../domain/search/terms.ts';
import { CaseType } from '../../schemas/case.ts';
import type { SearchQuery } from '../../schemas/inbox.ts';

/** What a search asks the index for. */
export type Ask = {
  /** What codes must begin with; undefined when the text can be no code: codes have a digit, and names of cases a hyphen. */
  readonly code: string | undefined;
  /** What the name must begin with. */
  readonly name: string;
  /** Text of a `tsquery`: scope and types alone, and with the words. No scope: every case. */
  readonly scope: string | undefined;
  readonly words: string;
};

/** A shorter one begins too many. */
const SHORTEST_CODE = 3;
const SHORTEST_PREFIX = 2;

/** Undefined when nothing can be found: no word, or nobody's cases. */
export function askOf({ text, types }: SearchQuery, scope: SearchScope): Ask | undefined {
  const words = searchWords(text);
  const scoped = scopeText(scope, types ?? CaseType.options);
  if (words.length === 0 || scoped === undefined) return undefined;
  const last = words.at(-1) ?? '';
  const wanted = [
    ...words.slice(0, -1).map(lexeme),
    last.length < SHORTEST_PREFIX ? lexeme(last) : `${lexeme(last)}:*`,
  ].join(' & ');
  const code = searchCode(text);
  return {
    code: code.length >= SHORTEST_CODE && /[\d-]/.test(text) ? code : undefined,
    name: words.join(' '),
    scope: scoped === '' ? undefined : scoped,
    words: scoped === '' ? wanted : `(${scoped}) & ${wanted}`,
  };
}

/**
 * For each wanted type its mark and one of those of the reach in it; types of one reach together. Empty: every case, which has just one
 * type. Undefined: no case.
 */
function scopeText(scope: SearchScope, wanted: readonly CaseType[]): string | undefined {
  const typesByMarks = new Map<string, Set<CaseType>>();
  for (const type of wanted) {
    const reach = scope[type];
    const marks = reach === 'ALL' ? [] : marksOf(reach);
    if (reach !== 'ALL' && marks.length === 0) continue;
    const text = either(marks);
    typesByMarks.set(text, (typesByMarks.get(text) ?? new Set()).add(type));
  }
  if (typesByMarks.size === 0) return undefined;
  const parts = [...typesByMarks].map(([marks, types]) => {
    const ofTypes = types.size === CaseType.options.length ? '' : either([...types].map(typeMark));
    return [ofTypes, marks].filter(Boolean).join(' & ');
  });
  return parts.length === 1 ? parts[0] : parts.map((part) => `(${part})`).join(' | ');
}

const either = (marks: readonly string[]): string =>
  marks.length === 0 ? '' : `(${marks.map(lexeme).join(' | ')})`;

/** A lexeme of a `tsquery`, quoted. */
const lexeme = (text: string): string => `'${text.replace(/['\\]/g, (mark) => mark + mark)}'`;

/** What every text that begins so comes before, in the order of bytes. */
export const beyond = (prefix: string): string => `${prefix}\u{10ffff}`;
