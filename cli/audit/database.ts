import type { Pool } from 'pg';
import { withDatabase } from '../database.ts';

/**
 * Gives a part of the audit the database as an auditor's login, where ORGEID_POSTGRES_AUDITOR_URL is set; otherwise that of
 * ORGEID_POSTGRES_URL.
 *
 * @throws DomainError as withDatabase
 */
export const asAuditor = <T>(
  use: (pool: Pool) => Promise<T>,
  options: { readonly statementTimeoutMs?: number } = {},
): Promise<T> => withDatabase(use, { ...options, as: 'auditor' });
