import { searchCode, searchWords } from '../../domain/search/normal.ts';
import { personMark, typeMark, unitMark } from '../../domain/search/terms.ts';
import type { SearchQuery } from '../../schemas/inbox.ts';

/** Whose cases a search may find: all, or those that concern a unit or belong to a person. Nothing by default. */
export type SearchScope =
  | { readonly all: true }
  | { readonly all?: false; readonly unit?: string; readonly person?: string };

/** What a search asks the index for. */
export type Ask = {
  /** What codes must begin with; undefined when the text can be no code: codes have a digit, and names of cases a hyphen. */
  readonly code: string | undefined;
  /** What the name must begin with. */
  readonly name: string;
  /** Text of a `tsquery`: scope and types alone, and with the words. */
  readonly scope: string | undefined;
  readonly words: string;
};

/** A shorter one begins too many. */
const SHORTEST_CODE = 3;
const SHORTEST_PREFIX = 2;

/** Undefined when nothing can be found: no word, or nobody's cases. */
export function askOf({ text, types }: SearchQuery, scope: SearchScope): Ask | undefined {
  const words = searchWords(text);
  const marks = marksOf(scope);
  if (words.length === 0 || marks?.length === 0) return undefined;
  const scoped = [
    ...(marks ? [either(marks)] : []),
    ...(types ? [either([...new Set(types)].map(typeMark))] : []),
  ].join(' & ');
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
    words: scoped === '' ? wanted : `${scoped} & ${wanted}`,
  };
}

function marksOf(scope: SearchScope): string[] | undefined {
  if (scope.all) return undefined;
  return [
    ...(scope.unit === undefined ? [] : [unitMark(scope.unit)]),
    ...(scope.person === undefined ? [] : [personMark(scope.person)]),
  ];
}

const either = (marks: readonly string[]): string => `(${marks.map(lexeme).join(' | ')})`;

/** A lexeme of a `tsquery`, quoted. */
const lexeme = (text: string): string => `'${text.replace(/['\\]/g, (mark) => mark + mark)}'`;

/** What every text that begins so comes before, in the order of bytes. */
export const beyond = (prefix: string): string => `${prefix}\u{10ffff}`;
