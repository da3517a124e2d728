import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ensureLogins } from '../../store/roles/logins.ts';
import { type GrantedRole, grantedRoles } from '../../store/roles/roles.ts';

/** A login of each role on the server of a database that was migrated, and their addresses. */
export async function loginsOf(url: string): Promise<Readonly<Record<GrantedRole, string>>> {
  const address = (role: GrantedRole): string => {
    const own = new URL(url);
    own.username = `${role}_login`;
    own.password = randomBytes(12).toString('hex');
    return own.href;
  };
  const urls = Object.fromEntries(grantedRoles.map((role) => [role, address(role)])) as Record<
    GrantedRole,
    string
  >;
  await ensureLogins(url, urls);
  return urls;
}

/** What became of a statement: `done`, or the SQLSTATE of its error. Nothing of it stays. */
export async function outcome(client: pg.Client, sql: string): Promise<string> {
  await client.query('begin');
  try {
    await client.query(sql);
    return 'done';
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? '';
    throw error;
  } finally {
    await client.query('rollback');
  }
}

/** insufficient_privilege */
export const NO_RIGHT = '42501';
/** restrict_violation, as triggers that protect a table say it */
export const PROTECTED = '23001';
