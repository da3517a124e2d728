import { jetstream } from '@nats-io/jetstream';
import type { Pool, PoolClient } from 'pg';
import { encodeCloudEvent } from '../../bus/cloudevents.ts';
import { toHeaders } from '../../bus/publish.ts';
import { EVENTS, ensureStream, manager, streamConfigs } from '../../bus/streams.ts';
import { eventSubject } from '../../bus/subjects.ts';
import type { LoggedEvent } from '../../schemas/case.ts';
import { readHead, readLog } from '../../store/read.ts';
import type { TestSystem } from '../support/system.ts';

/** Who owns the database can switch the triggers off. What is done is undone afterwards, on tables copied before. */
export async function asOwner(
  pool: Pool,
  tables: readonly string[],
  change: (client: PoolClient) => Promise<unknown>,
  look: () => Promise<void>,
): Promise<void> {
  const inOne = async (work: (client: PoolClient) => Promise<unknown>) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(`set local session_replication_role = replica`);
      await work(client);
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  await inOne(async (client) => {
    for (const table of tables)
      await client.query(`create table orgeid.kept_${table} as table orgeid.${table}`);
    await change(client);
  });
  try {
    await look();
  } finally {
    await inOne(async (client) => {
      for (const table of tables) {
        await client.query(`delete from orgeid.${table}`);
        await client.query(`insert into orgeid.${table} select * from orgeid.kept_${table}`);
        await client.query(`drop table orgeid.kept_${table}`);
      }
    });
  }
}

/** Makes stream EVENTS anew, each position as `alter` says; as the relay would by default. */
export async function fillStream(
  { pool, nc }: Pick<TestSystem, 'pool' | 'nc'>,
  alter: (event: LoggedEvent, body: string) => string = (_, body) => body,
): Promise<void> {
  const jsm = await manager(nc);
  await jsm.streams.delete(EVENTS);
  const config = streamConfigs().find(({ name }) => name === EVENTS);
  if (config) await ensureStream(jsm, config);
  const { position } = await readHead(pool);
  for (const event of await readLog(pool, 0, position)) {
    await jetstream(nc).publish(eventSubject(event), alter(event, encodeCloudEvent(event)), {
      msgID: event.hash,
      headers: toHeaders({ 'Content-Type': 'application/cloudevents+json' }),
    });
  }
}
