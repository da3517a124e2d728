import type pg from 'pg';
import { ifAllowed } from './may.ts';
import { roles } from './roles.ts';

/** What only an administrator may be able to do, as statements for one: the login and the database are those of the connection. */
const forAdministrator = (login: string, database: string): string[] => [
  ...roles.map((role) => `create role ${role} nologin`),
  `grant orgeid_migrator to ${login}`,
  `grant create on database ${database} to orgeid_migrator`,
  `grant connect on database ${database} to ${roles.join(', ')}`,
];

type Standing = {
  readonly login: string;
  readonly database: string;
  readonly missing: string[];
  readonly migrates: boolean;
  readonly connects: boolean;
};

/**
 * Makes sure that the roles are there, that the login may act as `orgeid_migrator`, and that this one owns the schema. Roles belong to
 * the server, not to the database: those that are there are taken as they are.
 *
 * @throws DomainError `EID_ERR_DATABASE_ROLE` with the statements that an administrator has to run
 */
export async function ensureRoles(client: pg.ClientBase): Promise<void> {
  const { login, database, missing } = await standing(client);
  const run = forAdministrator(login, database);
  for (const role of missing) await ifAllowed(run, () => client.query(`create role ${role} nologin`));
  const { migrates, connects } = await standing(client);
  if (!migrates) await ifAllowed(run, () => client.query(`grant orgeid_migrator to ${login}`));
  if (!connects)
    await ifAllowed(run, () =>
      client.query(`grant connect on database ${database} to ${roles.join(', ')};
        grant create on database ${database} to orgeid_migrator`),
    );
  await ifAllowed(run, () => client.query(HAND_OVER));
}

async function standing(client: pg.ClientBase): Promise<Standing> {
  const { rows } = await client.query<Standing>(
    `with wanted as (select w.name, r.oid from unnest($1::text[]) w (name) left join pg_roles r on r.rolname = w.name)
     select quote_ident(current_user) as login, quote_ident(current_database()) as database,
       array(select name from wanted where oid is null) as missing,
       coalesce((select pg_has_role(oid, 'SET') from wanted where name = 'orgeid_migrator'), false) as migrates,
       (select coalesce(bool_and(has_database_privilege(oid, current_database(), 'CONNECT')
         and (name <> 'orgeid_migrator' or has_database_privilege(oid, current_database(), 'CREATE'))), false) from wanted) as connects`,
    [roles],
  );
  const [row] = rows;
  if (!row) throw new Error('one row was asked for');
  return row;
}

/** A database from before the roles belongs to whoever migrated it. Nothing is locked where all is as it should be. */
const HAND_OVER = `
create schema if not exists orgeid authorization orgeid_migrator;
do $$
declare
  v_one text;
begin
  for v_one in
    select 'schema orgeid' from pg_namespace where nspname = 'orgeid' and nspowner <> 'orgeid_migrator'::regrole
    union all
    select (case c.relkind when 'v' then 'view ' when 'm' then 'materialized view ' when 'c' then 'type ' when 'S' then 'sequence '
      else 'table ' end) || c.oid::regclass
    from pg_class c where c.relnamespace = 'orgeid'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'c', 'S')
      and c.relowner <> 'orgeid_migrator'::regrole
      and not (c.relkind = 'S' and exists (select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')))
    union all
    select 'routine ' || p.oid::regprocedure from pg_proc p
    where p.pronamespace = 'orgeid'::regnamespace and p.proowner <> 'orgeid_migrator'::regrole
  loop
    execute 'alter ' || v_one || ' owner to orgeid_migrator';
  end loop;
end
$$`;
