import process from 'node:process';
import type { Pool } from 'pg';
import { DomainError } from '../domain/error.ts';
import { openPool } from '../store/pool.ts';

/**
 * Gives a command the database of ORGEID_POSTGRES_URL, and closes it afterwards.
 * @throws DomainError EID_ERR_USAGE when the variable is not set
 */
export async function withDatabase<T>(
  use: (pool: Pool) => Promise<T>,
  options: { readonly statementTimeoutMs?: number } = {},
): Promise<T> {
  const { ORGEID_POSTGRES_URL: url } = process.env;
  if (!url) throw new DomainError('EID_ERR_USAGE', { variables: ['ORGEID_POSTGRES_URL'] });
  const pool = openPool(url, { max: 2, ...options });
  try {
    return await use(pool);
  } finally {
    await pool.end();
  }
}
