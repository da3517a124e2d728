import type { Queryable } from '../pool.ts';

/** Tables that follow from the log, in an order in which they may be filled. */
export const READ_MODELS = [
  'cases',
  'tasks',
  'lanes',
  'inbox',
  'lane_counts',
  'case_terms',
  'case_codes',
  'organisation_claims',
] as const;

/** Functions by which an append fills them; a rebuild runs the same text over its own tables. */
const FUNCTIONS = ['places', 'lane_of', 'put_in_inbox', 'put_tasks', 'put_terms', 'put_case'] as const;

const SHADOW = 'orgeid_rebuild';
const MIGRATION = 'select name from orgeid.migrations order by id desc limit 1';

/** Makes the schema `orgeid_rebuild` from what `orgeid` holds now: empty tables, the same functions, the progress, and by what code. */
export async function makeShadow(db: Queryable, code: string): Promise<void> {
  await db.query(`create schema ${SHADOW}`);
  for (const table of READ_MODELS)
    await db.query(`create table ${SHADOW}.${table} (like orgeid.${table} including all)`);
  await db.query(await place(db));
  for (const name of FUNCTIONS) await db.query(await copied(db, name));
  await db.query(`create table ${SHADOW}.progress (
    only_row boolean primary key default true check (only_row), position bigint not null, began_at timestamptz not null,
    code text not null, migration text not null)`);
  await db.query(
    `insert into ${SHADOW}.progress (position, began_at, code, migration) select 0, clock_timestamp(), $1, (${MIGRATION})`,
    [code],
  );
}

/** Takes it away, with all that it holds. */
export const dropShadow = async (db: Queryable): Promise<void> => {
  await db.query(`drop schema if exists ${SHADOW} cascade`);
};

/** Position up to which the shadow is filled; undefined when there is none. */
export async function shadowPosition(db: Queryable): Promise<number | undefined> {
  const { rows: there } = await db.query<{ there: boolean }>(
    `select to_regclass('${SHADOW}.progress') is not null as there`,
  );
  if (!there[0]?.there) return undefined;
  const { rows } = await db.query<{ position: string }>(`select position from ${SHADOW}.progress`);
  return rows[0] && Number(rows[0].position);
}

/** Whether the shadow that is there was made by this code, from the tables as they are: its rows say nothing else than new ones would. */
export async function isOurs(db: Queryable, code: string): Promise<boolean> {
  const { rows } = await db.query<{ ours: boolean }>(
    `select code = $1 and migration = (${MIGRATION}) as ours from ${SHADOW}.progress`,
    [code],
  );
  return rows[0]?.ours === true;
}

async function place(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ columns: string }>(
    `select string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) as columns
     from pg_attribute where attrelid = 'orgeid.place'::regclass and attnum > 0 and not attisdropped`,
  );
  return `create type ${SHADOW}.place as (${rows[0]?.columns ?? ''})`;
}

async function copied(db: Queryable, name: string): Promise<string> {
  const { rows } = await db.query<{ text: string }>(
    `select pg_get_functiondef(oid) as text from pg_proc where pronamespace = 'orgeid'::regnamespace and proname = $1`,
    [name],
  );
  const [one, more] = rows;
  if (!one || more) throw new Error(`orgeid.${name} is not one function`);
  return one.text.replaceAll(/\borgeid\./g, `${SHADOW}.`);
}
