import { personMark, typeMark } from '../domain/search/terms.ts';
import type { CaseType } from '../schemas/case.ts';
import { fromCursor, toCursor } from './inbox/cursor.ts';
import { binding } from './inbox/statement.ts';
import type { Queryable } from './pool.ts';

/** Whose cases of which type; `closed`: only those that are, or are not. */
export type OwnCasesQuery = {
  readonly person: string;
  readonly caseType: CaseType;
  readonly closed?: boolean | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
};

/** Instants are ISO 8601 UTC. */
export type OwnCase = {
  readonly stream: string;
  readonly version: number;
  readonly state: unknown;
  readonly status: string;
  readonly title: string;
  readonly unit?: string;
  readonly closed: boolean;
  readonly overdue: boolean;
  readonly dueAt?: string;
  readonly openedAt: string;
};

type Row = Omit<OwnCase, 'unit' | 'dueAt' | 'openedAt'> & {
  readonly unit: string | null;
  readonly due_at: Date | null;
  readonly opened_at: Date;
  readonly position: string;
};

const lexeme = (text: string): string => `'${text.replace(/['\\]/g, (mark) => mark + mark)}'`;
const isPosition = (text: string): boolean => /^[1-9]\d{0,14}$/.test(text);

/**
 * The cases of a type that name a person, the newest first. The order is that in which they were opened, so that what happens in a case does
 * not move it. Whether the person may see one of them is for the caller to ask.
 *
 * @throws DomainError `EID_ERR_SHAPE` when `after` is not the cursor of a page of this question
 */
export async function ownCases(
  db: Queryable,
  { limit, after, ...question }: OwnCasesQuery,
): Promise<{ readonly items: readonly OwnCase[]; readonly next?: string }> {
  const { person, caseType, closed } = question;
  const from = after === undefined ? undefined : fromCursor(question, after, [isPosition])[0];
  const { bind, statement } = binding();
  const marks = [personMark(person), typeMark(caseType)].map(lexeme).join(' & ');
  const where = [
    `t.terms @@ ${bind(marks)}::tsquery`,
    `c.type = ${bind(caseType)}`,
    ...(closed === undefined ? [] : [`c.closed = ${bind(closed)}`]),
    ...(from === undefined ? [] : [`o.position < ${bind(from)}::bigint`]),
  ];
  // Unprepared: how many cases name a person differs by thousands.
  const { text, values } = statement(`
    select c.stream, c.version, c.state, c.status, c.title, c.unit, c.closed, c.overdue, c.due_at, o.at as opened_at, o.position
    from orgeid.case_terms t join orgeid.cases c on c.stream = t.stream
      join orgeid.events o on o.stream = t.stream and o.version = 1
    where ${where.join(' and ')} order by o.position desc limit ${bind(limit)}`);
  const { rows } = await db.query<Row>({ text, values });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    items: rows.map(toOwnCase),
    ...(last ? { next: toCursor(question, [last.position]) } : {}),
  };
}

const toOwnCase = ({ unit, due_at, opened_at, position: _, ...row }: Row): OwnCase => ({
  ...row,
  ...(unit === null ? {} : { unit }),
  ...(due_at === null ? {} : { dueAt: due_at.toISOString() }),
  openedAt: opened_at.toISOString(),
});
