import process from 'node:process';
import type { Pool } from 'pg';
import { DomainError } from '../domain/error.ts';
import { loginVariables } from '../engines/postgresLogins.ts';
import type { PostgresLogin } from '../engines/types.ts';
import { openPool } from '../store/pool.ts';
import { sqlState } from '../store/roles/may.ts';

const NO_RIGHT = '42501'; // insufficient_privilege

/**
 * Gives a command the database, and closes it afterwards. With `as`, that is the address of this login
 * (ORGEID_POSTGRES_AUDITOR_URL and so on) where it is set; otherwise ORGEID_POSTGRES_URL.
 *
 * @throws DomainError EID_ERR_USAGE when no address is set; EID_ERR_DATABASE_ROLE when the login may not do this
 */
export async function withDatabase<T>(
  use: (pool: Pool) => Promise<T>,
  options: { readonly statementTimeoutMs?: number; readonly as?: PostgresLogin } = {},
): Promise<T> {
  const { as, ...settings } = options;
  const own = as === undefined ? [] : [loginVariables[as]];
  const variables = [...own, 'ORGEID_POSTGRES_URL'];
  const url = variables.map((name) => process.env[name]).find((value) => value);
  if (!url) throw new DomainError('EID_ERR_USAGE', { variables });
  const pool = openPool(url, { max: 2, ...settings });
  try {
    return await use(pool);
  } catch (error) {
    if (sqlState(error) !== NO_RIGHT || !(error instanceof Error)) throw error;
    throw new DomainError('EID_ERR_DATABASE_ROLE', { reason: error.message, variables });
  } finally {
    await pool.end();
  }
}
