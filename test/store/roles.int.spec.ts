import { beforeAll, describe, expect, it } from 'vitest';
import { recordAccess } from '../../store/accessHistory.ts';
import { functions, sequences } from '../../store/roles/functions.ts';
import { presentIn } from '../../store/roles/grant.ts';
import { type GrantedRole, grantedRoles } from '../../store/roles/roles.ts';
import { tableClasses, tables } from '../../store/roles/tables.ts';
import { readings } from './accessEntries.ts';
import { loginsOf, NO_RIGHT, outcome, PROTECTED } from './logins.ts';
import { asAdmin, useStore } from './support.ts';

type Column = { readonly name: string; readonly type: string; readonly generated: boolean };
type Found = { readonly name: string; readonly part: boolean; readonly columns: readonly Column[] };

describe('the roles of the database', () => {
  const store = useStore();
  let urls: Readonly<Record<GrantedRole, string>>;
  let present: Awaited<ReturnType<typeof presentIn>>;
  let found: readonly Found[];

  beforeAll(async () => {
    urls = await loginsOf(store.url());
    await recordAccess(store.pool(), 'api', readings(1)); // which makes a part of the history
    present = await presentIn(store.pool());
    const { rows } = await store.pool().query<Found>(
      `select c.relname as name, c.relispartition as part,
         json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
           'generated', a.attgenerated <> '' or a.attidentity <> '') order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'orgeid'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
       group by c.oid order by c.relname`,
    );
    found = rows;
  });

  /** A statement for each right; none of them finds a row. */
  const statements = ({ name, columns }: Found): Readonly<Record<string, string>> => {
    const own = columns.find(({ generated }) => !generated) ?? { name: '', type: '' };
    return {
      SELECT: `select * from orgeid.${name} limit 0`,
      INSERT: `insert into orgeid.${name} (${own.name}) select null::${own.type} where false`,
      UPDATE: `update orgeid.${name} set ${own.name} = null where false`,
      DELETE: `delete from orgeid.${name} where false`,
      TRUNCATE: `truncate orgeid.${name}`,
      ALTER: `alter table orgeid.${name} add column more text`,
      'DISABLE TRIGGER': `alter table orgeid.${name} disable trigger all`,
      'CREATE TRIGGER': `create trigger more before insert on orgeid.${name} execute function orgeid.refuse_change()`,
      DROP: `drop table orgeid.${name} cascade`,
    };
  };

  it('have an opinion on every table, sequence and function of the schema', () => {
    const nameless = (names: readonly string[], known: object) =>
      names.filter((name) => !Object.hasOwn(known, name));
    expect(nameless(present.tables, tables)).toEqual([]);
    expect(nameless(present.sequences, sequences)).toEqual([]);
    expect(
      nameless(
        present.functions.map(({ name }) => name),
        functions,
      ),
    ).toEqual([]);
    expect(present.tables.length).toBeGreaterThan(20);
  });

  it.each(['orgeid_writer', 'orgeid_auditor'] as const)(
    '%s may do with each table what its class says, and nothing else',
    async (role) => {
      const may = await asAdmin(urls[role], async (client) => {
        const all: Record<string, string[]> = {};
        for (const table of found) {
          all[table.name] = [];
          for (const [right, sql] of Object.entries(statements(table))) {
            const end = await outcome(client, sql);
            if (end !== NO_RIGHT) all[table.name]?.push(end === 'done' ? right : `${right}: ${end}`);
          }
        }
        return all;
      });
      const wanted = found.map(({ name, part }) => {
        const table = tables[name];
        return [name, part || !table ? [] : tableClasses[table.is][role]];
      });
      expect(may).toEqual(Object.fromEntries(wanted));
    },
  );

  it('orgeid_reader sees the columns that are named, of bodies, states and names none, and changes nothing', async () => {
    await asAdmin(urls.orgeid_reader, async (client) => {
      for (const table of found) {
        const sees: string[] = [];
        for (const { name } of table.columns)
          if ((await outcome(client, `select ${name} from orgeid.${table.name} limit 0`)) === 'done')
            sees.push(name);
        const named = table.part ? [] : (tables[table.name]?.reader ?? []);
        expect(sees, table.name).toEqual(
          named === 'all'
            ? table.columns.map(({ name }) => name)
            : table.columns.flatMap(({ name }) => (named.includes(name) ? [name] : [])),
        );
        const { SELECT: _, ...changes } = statements(table);
        for (const [right, sql] of Object.entries(changes))
          expect([table.name, right, await outcome(client, sql)]).toEqual([table.name, right, NO_RIGHT]);
      }
    });
  });

  it('are refused by triggers where a table is kept, the owner too', async () => {
    const ends = await asAdmin(store.url(), async (client) => {
      const all: Record<string, string[]> = {};
      for (const table of found)
        for (const [right, sql] of Object.entries(statements(table)))
          if (['UPDATE', 'DELETE', 'TRUNCATE'].includes(right) && (await outcome(client, sql)) === PROTECTED)
            all[table.name] = [...(all[table.name] ?? []), right];
      return all;
    });
    const refused = {
      'append-only': ['UPDATE', 'DELETE', 'TRUNCATE'],
      heads: ['DELETE', 'TRUNCATE'], // of an update, each row is asked
      no: undefined,
    };
    for (const { name, part } of found) {
      const { kept } = part ? { kept: 'append-only' as const } : tableClasses[tables[name]?.is ?? 'working'];
      expect([name, ends[name]]).toEqual([name, refused[kept]]);
    }
  });

  it.each(grantedRoles)('%s calls the functions that it is meant to, and no other', async (role) => {
    await asAdmin(urls[role], async (client) => {
      const { rows } = await client.query<{ name: string; call: string; may: boolean }>(
        `select p.proname as name, has_function_privilege(p.oid, 'EXECUTE') as may,
           'select orgeid.' || p.proname || '(' || (select coalesce(string_agg('null::' || t::regtype, ', ' order by n), '')
             from unnest(p.proargtypes) with ordinality a (t, n)) || ')' as call
         from pg_proc p where p.pronamespace = 'orgeid'::regnamespace order by p.proname`,
      );
      expect(rows.length).toBeGreaterThan(15);
      for (const { name, may, call } of rows) {
        expect([name, may]).toEqual([name, functions[name]?.includes(role)]);
        if (!may) expect([name, await outcome(client, call)]).toEqual([name, NO_RIGHT]);
      }
    });
  });

  it.each(grantedRoles)(
    '%s takes the next identification number only if it writes, and sets none',
    async (role) => {
      const [next, set] = await asAdmin(urls[role], async (client) => [
        await outcome(client, `select nextval('orgeid.identification_number')`),
        await outcome(client, `select setval('orgeid.identification_number', 1)`),
      ]);
      expect([next, set]).toEqual([role === 'orgeid_writer' ? 'done' : NO_RIGHT, NO_RIGHT]);
    },
  );

  it.each(grantedRoles)(
    '%s makes no tables, schemas or functions, and takes nobody else’s place',
    async (role) => {
      const attempts = [
        'create table orgeid.mine (a text)',
        'create table public.mine (a text)',
        'create schema mine',
        `create or replace function orgeid.chain_hash(prev bytea, pos bigint, recorded_at timestamptz, body text)
        returns bytea language sql stable as $$ select prev $$`,
        'set role orgeid_migrator',
        'set session_replication_role = replica',
        `grant all on orgeid.events to ${role}`,
        `grant orgeid_migrator to ${role}_login`,
        `alter role ${role}_login superuser`,
      ];
      await asAdmin(urls[role], async (client) => {
        for (const sql of attempts) {
          // A grant of what one does not have is a warning that changes nothing, where one has some right to the table.
          if (sql.startsWith('grant all') && (await outcome(client, sql)) === 'done') continue;
          expect([sql, await outcome(client, sql)]).toEqual([sql, NO_RIGHT]);
        }
      });
    },
  );
});
