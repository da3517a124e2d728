import pg from 'pg';
import { DomainError } from '../../domain/error.ts';
import { ifAllowed } from './may.ts';
import { type GrantedRole, grantedRoles } from './roles.ts';
import { scramVerifier } from './scram.ts';

/** The address of each role's login; those that are left out are nobody's business here. */
export type LoginUrls = Readonly<Partial<Record<GrantedRole, string>>>;

type Urls = Readonly<Record<'migrator' | 'writer' | 'reader' | 'auditor', string>>;

/** The logins to be made of addresses: an address that stands for another role as well makes nobody a member of this one. */
export function separateLogins({ migrator, writer, reader, auditor }: Urls): LoginUrls {
  return {
    ...(writer === migrator ? {} : { orgeid_writer: writer }),
    ...([migrator, writer, auditor].includes(reader) ? {} : { orgeid_reader: reader }),
    ...([migrator, writer, reader].includes(auditor) ? {} : { orgeid_auditor: auditor }),
  };
}

/**
 * Makes the logins of addresses, each a member of its role and with the password of the address; the roles are there already. A login
 * that gets in and has its role is left as it is.
 *
 * @param ownerUrl a login that may make roles, unless all is as it should be
 * @returns the logins that were made or changed
 * @throws DomainError `EID_ERR_DATABASE_ROLE` with the statements that an administrator has to run; they hold no password
 */
export async function ensureLogins(ownerUrl: string, urls: LoginUrls): Promise<string[]> {
  const wanting: { role: GrantedRole; url: string }[] = [];
  for (const role of grantedRoles) {
    const url = urls[role];
    if (url && !(await serves(url, role))) wanting.push({ role, url });
  }
  if (wanting.length === 0) return [];
  return withClient(ownerUrl, async (client) => {
    const made: string[] = [];
    for (const { role, url } of wanting) made.push(await makeLogin(client, role, url));
    return made;
  });
}

async function makeLogin(client: pg.Client, role: GrantedRole, url: string): Promise<string> {
  const { username, password } = new URL(url);
  const name = decodeURIComponent(username);
  if (name === '' || password === '')
    throw new DomainError('EID_ERR_USAGE', { reason: `the address of ${role} names no login and password` });
  const login = pg.escapeIdentifier(name);
  const run = [`create role ${login} login password '…'`, `grant ${role} to ${login}`];
  const secret = pg.escapeLiteral(scramVerifier(decodeURIComponent(password)));
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  const how = rowCount === 0 ? 'create' : 'alter';
  await ifAllowed(run, () => client.query(`${how} role ${login} login password ${secret}`));
  await ifAllowed(run, () => client.query(`grant ${role} to ${login}`));
  return name;
}

/** Whether the login of an address gets in and has its role. */
const serves = (url: string, role: GrantedRole): Promise<boolean> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ has: boolean }>(`select pg_has_role($1, 'USAGE') as has`, [role]);
    return rows[0]?.has === true;
  }).catch(() => false);

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // a connection that breaks while idle; the query reports what matters
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}
