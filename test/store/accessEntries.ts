import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { AccessEntry } from '../../schemas/access-history.ts';
import { recordAccess } from '../../store/accessHistory.ts';
import { asAdmin } from './support.ts';

/** An officer reads a case. */
export const reading = (changes: Partial<AccessEntry> = {}): AccessEntry => ({
  id: randomUUID(),
  at: new Date().toISOString(),
  actor: { id: 'desk', name: 'Trần Thị Bích', roles: ['RECEPTION_OFFICER'], unit: 'CAX-LAM-SON' },
  action: 'READ',
  outcome: { result: 'DONE' },
  what: { stream: 'registration-1', caseType: 'registration' },
  ground: { table: 'access/1', rows: ['request-at-reception'], relations: ['UNIT'] },
  correlationId: randomUUID(),
  ...changes,
});

export const readings = (count: number, changes: (i: number) => Partial<AccessEntry> = () => ({})) =>
  Array.from({ length: count }, (_, i) => reading(changes(i)));

/** Records entries as if the database's clock showed another time: years pass in no test. */
export async function recordAt(
  url: string,
  instant: string,
  writer: string,
  entries: readonly AccessEntry[],
) {
  await asAdmin(url, (admin) =>
    admin.query(`create schema if not exists clock;
      grant usage on schema clock to public;
      create or replace function clock.clock_timestamp() returns timestamptz language sql stable as
        $$ select current_setting('clock.shows')::timestamptz $$`),
  );
  const client = new pg.Client(url);
  await client.connect();
  try {
    // Where the function looks for a clock is pinned: only its owner can say otherwise.
    const looksIn = (schemas: string) =>
      client.query(`alter function orgeid.record_access set search_path = ${schemas}`);
    await client.query(`begin; set local clock.shows = '${instant}'`);
    await looksIn('clock, pg_catalog');
    await recordAccess(
      client,
      writer,
      entries.map((entry) => ({ ...entry, at: instant })),
    );
    await looksIn('pg_catalog, pg_temp');
    await client.query('commit');
  } finally {
    await client.end();
  }
}
