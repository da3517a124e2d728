import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../domain/error.ts';
import { migrate } from '../../store/migrate.ts';
import { ensureLogins } from '../../store/roles/logins.ts';
import { roles } from '../../store/roles/roles.ts';
import { useEngines } from '../support/engines.ts';
import { asAdmin, freshDatabase } from './support.ts';

/** A database and the address of a login that owns it, with some attributes beside LOGIN. */
async function ownedBy(url: string, login: string, attributes = ''): Promise<string> {
  const database = new URL(await freshDatabase(url));
  await asAdmin(url, async (client) => {
    await client.query(`create role ${login} login ${attributes} password 'secret'`);
    await client.query(`alter database ${database.pathname.slice(1)} owner to ${login}`);
  });
  database.username = login;
  database.password = 'secret';
  return database.href;
}

/** Who owns what the schema holds. */
const owners = (url: string) =>
  asAdmin(url, async (client) => {
    const { rows } = await client.query<{ owner: string }>(
      `select distinct o::regrole::text as owner from (
         select relowner from pg_class where relnamespace = 'orgeid'::regnamespace
         union select proowner from pg_proc where pronamespace = 'orgeid'::regnamespace
         union select typowner from pg_type where typnamespace = 'orgeid'::regnamespace
         union select nspowner from pg_namespace where nspname = 'orgeid') all_owners (o)`,
    );
    return rows.map(({ owner }) => owner);
  });

const asOwner = (url: string, change: (url: URL) => void): string => {
  const own = new URL(url);
  change(own);
  return own.href;
};

describe('a login that may not make roles', () => {
  const engines = useEngines(['postgres']);

  it('learns what an administrator has to run, and migrates once that was done', async () => {
    const server = engines().postgres.url;
    const url = await ownedBy(server, 'plain');
    const error = await migrate(url).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'EID_ERR_DATABASE_ROLE' });
    const { run } = (error as DomainError).details as { run: string[] };
    expect(run.join('; ')).toContain('grant orgeid_migrator to plain');
    for (const role of roles) expect(run).toContain(`create role ${role} nologin`);

    const script = readFileSync(new URL('../../deploy/postgres/roles.sql', import.meta.url), 'utf8');
    const inDatabase = asOwner(server, (own) => {
      own.pathname = new URL(url).pathname;
    });
    for (const _twice of [1, 2]) await asAdmin(inDatabase, (admin) => admin.query(script));
    await expect(migrate(url)).rejects.toMatchObject({ code: 'EID_ERR_DATABASE_ROLE' });
    await asAdmin(server, (admin) => admin.query('grant orgeid_migrator to plain'));
    expect((await migrate(url)).length).toBeGreaterThan(5);
    expect(await owners(url)).toEqual(['orgeid_migrator']);

    const writer = asOwner(url, (own) => {
      own.username = 'clerk';
    });
    await expect(ensureLogins(url, { orgeid_writer: writer })).rejects.toMatchObject({
      code: 'EID_ERR_DATABASE_ROLE',
      details: {
        run: [expect.stringContaining(`create role "clerk" login password '…'`), expect.anything()],
      },
    });
    await asAdmin(server, (admin) =>
      admin.query(`create role clerk login password 'secret' in role orgeid_writer`),
    );
    expect(await ensureLogins(url, { orgeid_writer: writer })).toEqual([]);
    await expect(migrate(writer)).rejects.toMatchObject({ code: 'EID_ERR_DATABASE_ROLE' });
  });
});

describe('a server without roles', () => {
  const engines = useEngines(['postgres']);

  it('gets them from a login that may make roles and is no superuser', async () => {
    const url = await ownedBy(engines().postgres.url, 'maker', 'createrole');
    expect((await migrate(url)).length).toBeGreaterThan(5);
    expect(await migrate(url)).toEqual([]);
    expect(await owners(url)).toEqual(['orgeid_migrator']);
    const writer = asOwner(url, (own) => {
      own.username = 'clerk';
      own.password = 'Mật khẩu'; // percent-encoded in an address
    });
    await expect(ensureLogins(url, { orgeid_writer: writer })).rejects.toMatchObject({
      details: { reason: expect.stringContaining('ASCII') },
    });
  });

  it('hands a database from before the roles over to its migrator', async () => {
    const url = await freshDatabase(engines().postgres.url);
    await runner({
      databaseUrl: url,
      dir: fileURLToPath(new URL('../../store/migrations', import.meta.url)),
      direction: 'up',
      count: 11,
      migrationsTable: 'migrations',
      migrationsSchema: 'orgeid',
      createMigrationsSchema: true,
      logger: { info: () => {}, warn: console.warn, error: console.error },
    });
    expect(await owners(url)).toEqual(['orgeid']);
    await migrate(url);
    expect(await owners(url)).toEqual(['orgeid_migrator']);
  });

  it('lets nobody but the owner at what is in no class, and takes back what somebody granted by hand', async () => {
    const url = await freshDatabase(engines().postgres.url);
    await migrate(url);
    await asAdmin(url, (owner) =>
      owner.query(`create table orgeid.of_tomorrow (a text); grant all on orgeid.of_tomorrow, orgeid.events to orgeid_reader;
        grant select on orgeid.events to public`),
    );
    await migrate(url);
    const { rows } = await asAdmin(url, (owner) =>
      owner.query(`select name, has_table_privilege('orgeid_reader', 'orgeid.' || name, 'SELECT, INSERT, DELETE') as any_right
        from unnest(array['of_tomorrow', 'events']) name`),
    );
    expect(rows).toEqual([
      { name: 'of_tomorrow', any_right: false },
      { name: 'events', any_right: false },
    ]);
  });

  it('makes a login once, and again when its password is another; the one before gets in no more', async () => {
    const url = await freshDatabase(engines().postgres.url);
    await migrate(url);
    const login = (password: string) =>
      asOwner(url, (own) => {
        own.username = 'orgeid_auditor_login';
        own.password = password;
      });
    const ask = (address: string) =>
      asAdmin(address, (client) => client.query('select count(*) from orgeid.events'));
    expect(await ensureLogins(url, { orgeid_auditor: login('first') })).toEqual(['orgeid_auditor_login']);
    expect(await ensureLogins(url, { orgeid_auditor: login('first') })).toEqual([]);
    expect(await ensureLogins(url, { orgeid_auditor: login('second') })).toEqual(['orgeid_auditor_login']);
    await expect(ask(login('first'))).rejects.toThrow(/password/);
    expect((await ask(login('second'))).rows).toEqual([{ count: '0' }]);
  });
});
