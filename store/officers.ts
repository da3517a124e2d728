import type { Role } from '../schemas/enums.ts';
import { fromCursor, isAny, toCursor } from './inbox/cursor.ts';
import { binding } from './inbox/statement.ts';
import type { Queryable } from './pool.ts';

/** A person of an office. */
export type Officer = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly unit: string;
};

export type OfficersQuery = {
  readonly unit: string;
  readonly role?: Role | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
};

type Row = { readonly id: string; readonly name: string; readonly roles: Role[]; readonly unit: string };

/**
 * Puts the people there whom the operator's file names. Who signed in since knows better; whom the file no longer names and who never
 * signed in is taken out.
 */
export async function putOfficers(db: Queryable, people: readonly Officer[]): Promise<void> {
  const rows = people.map(({ id, name, roles, unit }) => ({ id, name, roles, unit }));
  await db.query(
    `with named as (
        select * from jsonb_to_recordset($1::jsonb) as n (id text, name text, roles text[], unit text)
      ), gone as (
        delete from orgeid.officers o where o.source = 'FILE' and not exists (select from named n where n.id = o.id)
      )
      insert into orgeid.officers as o (id, name, roles, unit, source, seen_at)
      select id, name, roles, unit, 'FILE', clock_timestamp() from named order by id
      on conflict (id) do update set name = excluded.name, roles = excluded.roles, unit = excluded.unit
      where o.source = 'FILE'`,
    [JSON.stringify(rows)],
  );
}

/** Remembers somebody as the token says they are now, unless another process did within so many ms. */
export async function rememberOfficer(db: Queryable, officer: Officer, notWithinMs: number): Promise<void> {
  const { id, name, roles, unit } = officer;
  await db.query({
    name: 'remember-officer',
    text: `insert into orgeid.officers as o (id, name, roles, unit, source, seen_at)
      values ($1, $2, $3, $4, 'TOKEN', clock_timestamp())
      on conflict (id) do update set name = excluded.name, roles = excluded.roles, unit = excluded.unit,
        source = excluded.source, seen_at = excluded.seen_at
      where o.source = 'FILE' or o.seen_at <= excluded.seen_at - make_interval(secs => $5)`,
    values: [id, name, roles, unit, notWithinMs / 1000],
  });
}

/** Takes out somebody whose token no longer names an office. */
export async function forgetOfficer(db: Queryable, id: string): Promise<void> {
  await db.query({
    name: 'forget-officer',
    text: 'delete from orgeid.officers where id = $1',
    values: [id],
  });
}

export async function findOfficer(db: Queryable, id: string): Promise<Officer | undefined> {
  const { rows } = await db.query<Row>({
    name: 'officer',
    text: 'select id, name, roles, unit from orgeid.officers where id = $1',
    values: [id],
  });
  return rows[0];
}

/**
 * The people of a unit, by name.
 *
 * @throws DomainError `EID_ERR_SHAPE` when `after` is not the cursor of a page of this question
 */
export async function officersOf(
  db: Queryable,
  { limit, after, ...question }: OfficersQuery,
): Promise<{ readonly items: readonly Officer[]; readonly next?: string }> {
  const from = after === undefined ? undefined : fromCursor(question, after, [isAny, isAny]);
  const { bind, statement } = binding();
  const where = [
    `unit = ${bind(question.unit)}`,
    ...(question.role === undefined ? [] : [`${bind(question.role)} = any (roles)`]),
    ...(from ? [`(name, id) > (${from.map(bind).join(', ')})`] : []),
  ];
  const { rows } = await db.query<Row>(
    statement(`select id, name, roles, unit from orgeid.officers
      where ${where.join(' and ')} order by name, id limit ${bind(limit)}`),
  );
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { items: rows, ...(last ? { next: toCursor(question, [last.name, last.id]) } : {}) };
}
