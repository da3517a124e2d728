import type pg from 'pg';
import { type Projections, project } from '../projection.ts';

const BATCH = 200;

/**
 * Makes the search terms of every case anew from its state: after an upgrade that reads names otherwise, or over a database from before
 * there was a search. Appends wait while a batch is written.
 *
 * @returns how many cases there are
 */
export async function rebuildSearch(pool: pg.Pool, projections: Projections): Promise<number> {
  const client = await pool.connect();
  let done = 0;
  let last = '';
  try {
    while (true) {
      await client.query('begin');
      await client.query(`select pg_advisory_xact_lock('orgeid.log_head'::regclass::oid::integer, 0)`);
      const { rows } = await client.query<{ stream: string; type: keyof Projections; state: unknown }>(
        'select stream, type, state from orgeid.cases where stream > $1 order by stream limit $2',
        [last, BATCH],
      );
      const searches = rows.map(({ stream, type, state }) =>
        JSON.stringify(project(projections[type], type, stream, state).search),
      );
      await client.query(
        'select orgeid.put_terms(stream, search) from unnest($1::text[], $2::jsonb[]) as u (stream, search)',
        [rows.map(({ stream }) => stream), searches],
      );
      await client.query('commit');
      done += rows.length;
      last = rows.at(-1)?.stream ?? last;
      if (rows.length < BATCH) return done;
    }
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
