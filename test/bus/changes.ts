import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { expect, vi } from 'vitest';
import { CHANGES, manager } from '../../bus/streams.ts';
import { RegistryChange } from '../../schemas/change.ts';
import type { Queryable } from '../../store/pool.ts';
import { inEnvelope } from './envelope.ts';

/** A change of an invented organisation at the business register. */
export function changeOf(change: Partial<RegistryChange> & Pick<RegistryChange, 'id'>): RegistryChange {
  return RegistryChange.parse({
    schema: 'registry-change/1',
    registry: 'BUSINESS',
    reference: 'GCN-1',
    changedAt: '2025-04-02T01:00:00.000Z',
    subject: { code: '0100000001' },
    values: { address: 'Số 2 đường Ví Dụ' },
    ...change,
  });
}

/** Publishes without a message id: each call is a message of its own. A text goes as it is, all else in its envelope. */
export const sendChange = (nc: NatsConnection, registry: string, body: string | object) =>
  jetstream(nc).publish(`changes.${registry}`, typeof body === 'string' ? body : inEnvelope(body));

/** Waits until every change that was published is settled. */
export const settled = (nc: NatsConnection) =>
  vi.waitFor(async () => expect((await (await manager(nc)).streams.info(CHANGES)).state.messages).toBe(0), {
    timeout: 20_000,
    interval: 20,
  });

export type Journaled = {
  readonly disposition: string;
  readonly registry: string | null;
  readonly change_id: string | null;
  readonly stream: string | null;
  readonly detail: string | null;
};

/** The journal in order of writing, of some changes or of all. */
export async function journalOf(db: Queryable, ...ids: readonly string[]): Promise<Journaled[]> {
  const { rows } = await db.query<Journaled>(
    `select disposition, registry, change_id, stream, detail from orgeid.registry_changes
     where cardinality($1::text[]) = 0 or change_id = any($1) order by id`,
    [ids],
  );
  return rows;
}
