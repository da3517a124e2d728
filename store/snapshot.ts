import type pg from 'pg';

/** Yields from one read-only snapshot of the database: what is appended meanwhile is not seen. */
export async function* inSnapshot<T>(
  pool: pg.Pool,
  use: (client: pg.PoolClient) => AsyncIterable<T>,
): AsyncGenerator<T, void> {
  const client = await pool.connect();
  const ignore = () => {}; // a connection that breaks between two pages: the next query reports it
  client.on('error', ignore);
  try {
    await client.query('begin isolation level repeatable read read only');
    yield* use(client);
  } finally {
    const whole = await client.query('rollback').then(
      () => true,
      () => false,
    );
    if (whole) client.off('error', ignore);
    client.release(!whole);
  }
}
