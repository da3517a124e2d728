import type { SearchScope } from '../domain/search/scope.ts';
import type { SearchHit, SearchPage, SearchQuery, SearchRank } from '../schemas/inbox.ts';
import { fromCursor, isAny, toCursor } from './inbox/cursor.ts';
import { binding, type Statement } from './inbox/statement.ts';
import type { Queryable } from './pool.ts';
import { type Ask, askOf, beyond } from './search/ask.ts';

export type { SearchScope } from '../domain/search/scope.ts';

type Key = readonly [rank: SearchRank, key: string, stream: string];
type Row = Omit<SearchHit, 'unit' | 'rank'> & { readonly unit: string | null; readonly key: string };

const ranks: readonly SearchRank[] = ['CODE', 'NAME', 'WORDS'];

/**
 * Finds cases by the words of a name, without case and diacritics and with the last word perhaps unfinished, and by the beginning of a
 * tax, enterprise or electronic code, an identification number, a document's number or the case's own name. Codes come first, then names
 * that begin so, then the rest by name. Each case comes once, and none that is not within the scope: `scopeOf` the caller. Takes a query of
 * the shape `SearchQuery`.
 *
 * @throws DomainError `EID_ERR_SHAPE` when `after` is not the cursor of a page of this search
 */
export async function searchCases(
  db: Queryable,
  query: SearchQuery,
  scope: SearchScope,
): Promise<SearchPage> {
  const { limit, after, ...question } = query;
  const from = after === undefined ? undefined : keyOf(question, after);
  const ask = askOf(query, scope);
  const hits: (SearchHit & { readonly key: string })[] = [];
  for (const rank of ask ? ranks : []) {
    if (!ask || hits.length >= limit || (from && ranks.indexOf(rank) < ranks.indexOf(from[0]))) continue;
    const statement = statementOf(ask, rank, from?.[0] === rank ? from : undefined, limit - hits.length);
    const { rows } = statement ? await db.query<Row>(statement) : { rows: [] };
    hits.push(...rows.map(({ unit, ...row }) => ({ ...row, ...(unit === null ? {} : { unit }), rank })));
  }
  const last = hits.length === limit ? hits.at(-1) : undefined;
  return {
    hits: hits.map(({ key: _, ...hit }) => hit),
    ...(last ? { next: toCursor(question, [last.rank, last.key, last.stream]) } : {}),
  };
}

function keyOf(question: unknown, after: string): Key {
  const isRank = (text: string): text is SearchRank => (ranks as readonly string[]).includes(text);
  const [rank = '', key = '', stream = ''] = fromCursor(question, after, [isRank, isAny, isAny]);
  return [isRank(rank) ? rank : 'WORDS', key, stream];
}

/** Unprepared: which index is best depends on how common the words are. */
function statementOf(
  ask: Ask,
  rank: SearchRank,
  from: Key | undefined,
  limit: number,
): Pick<Statement, 'text' | 'values'> | undefined {
  const { bind, statement } = binding();
  const found = findings[rank](ask, from, bind);
  if (found === undefined) return undefined;
  const { text, values } = statement(`
    select c.stream, c.type as "caseType", c.version as "caseVersion", c.status, c.title, c.unit, c.closed, k.key
    from (${found} order by key, stream limit ${bind(limit)}) k join orgeid.cases c on c.stream = k.stream
    order by k.key, k.stream`);
  return { text, values };
}

type Bind = (value: unknown) => string;
type Finding = (ask: Ask, from: Key | undefined, bind: Bind) => string | undefined;

const behind = (column: string, from: Key | undefined, bind: Bind): string[] =>
  from ? [`(${column}, t.stream) > (${bind(from[1])}, ${bind(from[2])})`] : [];

const within = (column: string, prefix: string, bind: Bind): string =>
  `${column} >= ${bind(prefix)} and ${column} < ${bind(beyond(prefix))}`;

const notByCode = ({ code }: Ask, bind: Bind): string[] =>
  code === undefined
    ? []
    : [
        `not exists (select from orgeid.case_codes o where o.stream = t.stream and ${within('o.code', code, bind)})`,
      ];

/** A case with several codes that begin so is found by the first of them. */
const findings: Readonly<Record<SearchRank, Finding>> = {
  CODE(ask, from, bind) {
    if (ask.code === undefined) return undefined;
    const where = [
      within('t.code', ask.code, bind),
      `not exists (select from orgeid.case_codes o
        where o.stream = t.stream and o.code < t.code and o.code >= ${bind(ask.code)})`,
      ...(ask.scope === undefined
        ? []
        : [
            `exists (select from orgeid.case_terms s where s.stream = t.stream and s.terms @@ ${bind(ask.scope)}::tsquery)`,
          ]),
      ...behind('t.code', from, bind),
    ];
    return `select t.code as key, t.stream from orgeid.case_codes t where ${where.join(' and ')}`;
  },
  NAME(ask, from, bind) {
    const where = [
      within('t.name_key', ask.name, bind),
      ...(ask.scope === undefined ? [] : [`t.terms @@ ${bind(ask.scope)}::tsquery`]),
      ...notByCode(ask, bind),
      ...behind('t.name_key', from, bind),
    ];
    return `select t.name_key as key, t.stream from orgeid.case_terms t where ${where.join(' and ')}`;
  },
  WORDS(ask, from, bind) {
    const where = [
      `t.terms @@ ${bind(ask.words)}::tsquery`,
      `not (${within('t.name_key', ask.name, bind)})`,
      ...notByCode(ask, bind),
      ...behind('t.name_key', from, bind),
    ];
    return `select t.name_key as key, t.stream from orgeid.case_terms t where ${where.join(' and ')}`;
  },
};
