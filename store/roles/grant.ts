import type pg from 'pg';
import { functions, sequences } from './functions.ts';
import { type GrantedRole, grantedRoles } from './roles.ts';
import { tableClasses, tables } from './tables.ts';

/**
 * Gives every role its rights on what schema `orgeid` holds now, and takes all others away; what no table of rights names is its
 * owner's alone. Again changes nothing. Needs the owner's rights.
 */
export async function grantRights(client: pg.ClientBase): Promise<void> {
  const there = await presentIn(client);
  await client.query(
    [
      'begin',
      'revoke all on schema orgeid from public',
      `revoke all on all tables in schema orgeid from public, ${all}`,
      `revoke all on all sequences in schema orgeid from public, ${all}`,
      `revoke all on all functions in schema orgeid from public, ${all}`,
      `grant usage on schema orgeid to ${all}`,
      ...there.tables.flatMap(tableGrants),
      ...there.sequences.flatMap((name) =>
        grantTo(sequences[name] ?? [], `usage, select on sequence orgeid.${name}`),
      ),
      ...there.functions.flatMap(({ name, signature }) =>
        grantTo(functions[name] ?? [], `execute on function ${signature}`),
      ),
      'commit',
    ].join(';\n'),
  );
}

const all = grantedRoles.join(', ');

function tableGrants(name: string): string[] {
  const table = tables[name];
  if (!table) return [];
  const { reader } = table;
  const columns = reader === undefined ? [] : reader === 'all' ? [''] : [` (${reader.join(', ')})`];
  return [
    ...(['orgeid_writer', 'orgeid_auditor'] as const).map(
      (role) => `grant ${tableClasses[table.is][role].join(', ')} on orgeid.${name} to ${role}`,
    ),
    ...columns.map((some) => `grant select${some} on orgeid.${name} to orgeid_reader`),
  ];
}

const grantTo = (to: readonly GrantedRole[], what: string): string[] =>
  to.length === 0 ? [] : [`grant ${what} to ${to.join(', ')}`];

/** What the schema holds: tables without parts of others, sequences without those of identity columns, functions. */
export async function presentIn(db: Pick<pg.ClientBase, 'query'>) {
  const { rows } = await db.query<{
    kind: 'table' | 'sequence' | 'function';
    name: string;
    signature: string;
  }>(
    `select case when c.relkind = 'S' then 'sequence' else 'table' end as kind, c.relname as name, '' as signature
     from pg_class c where c.relnamespace = 'orgeid'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
       and not c.relispartition
       and not (c.relkind = 'S' and exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i'))
     union all
     select 'function', p.proname, p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'orgeid'::regnamespace
     order by kind, name, signature`,
  );
  const names = (kind: 'table' | 'sequence') =>
    rows.filter((row) => row.kind === kind).map(({ name }) => name);
  return {
    tables: names('table'),
    sequences: names('sequence'),
    functions: rows.filter(({ kind }) => kind === 'function'),
  };
}
