import pg from 'pg';

export type PoolSettings = {
  /** Connections at most (default 10). */
  readonly max?: number;
  /** Longest run of a statement in ms (default 10 000). */
  readonly statementTimeoutMs?: number;
};

/**
 * Opens a pool whose statements cannot hang: each is bounded on the server, its locks too, and on the client in case the
 * server is gone without a word. `end()` it.
 */
export function openPool(url: string, { max = 10, statementTimeoutMs = 10_000 }: PoolSettings = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'orgeid',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    lock_timeout: Math.ceil(statementTimeoutMs / 2),
    idle_in_transaction_session_timeout: 60_000,
    query_timeout: statementTimeoutMs + 2_000,
  });
  pool.on('error', () => {}); // an idle connection broke: the pool has dropped it already
  return pool;
}

/** A pool, or one connection of it. */
export type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>;
