import { AckPolicy, DeliverPolicy, JetStreamApiError, jetstream } from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/nats-core';
import { encodeMessage, messageHeaders } from '../../bus/envelope.ts';
import { publishAcked } from '../../bus/publish.ts';
import { queryConsumer } from '../../bus/queryConsumers.ts';
import { ANSWERS, CHANGES, ensureStream, manager, QUERIES, streamConfigs } from '../../bus/streams.ts';
import { querySubject } from '../../bus/subjects.ts';
import { pause } from '../../bus/wait.ts';
import { DomainError } from '../../domain/error.ts';
import { OWN_SOURCE } from '../../schemas/cloud-event.ts';
import type { Registry, RegistryQuery } from '../../schemas/registry.ts';
import { type Heard, hear } from './heard.ts';

/** The side of the system, as the check plays it: puts queries, hears answers and changes. */
export type CheckBus = {
  readonly nc: NatsConnection;
  /** Puts one attempt of a query; `envelope` adds attributes or takes the place of ours, `data` fields of the query. */
  ask(query: RegistryQuery, more?: { readonly envelope?: object; readonly data?: object }): Promise<void>;
  /** Puts anything on the adapter's subject. */
  put(payload: string | Uint8Array): Promise<void>;
  /** All that came on `answers.*` in this run, in order of storing. */
  readonly answers: readonly Heard[];
  answersTo(queryId: string): readonly Heard[];
  readonly changes: readonly { readonly subject: string; readonly data: Uint8Array; readonly at: number }[];
  /** Whether it came true within so many ms. */
  until(holds: () => boolean | Promise<boolean>, ms: number, everyMs?: number): Promise<boolean>;
  /** Queries that the adapter has not acknowledged. */
  open(): Promise<number>;
  /** Takes away what the adapter has not acknowledged, so that later items do not meet it. */
  clear(): Promise<void>;
  close(): Promise<void>;
};

/** The adapter's messages come again after this, ms; short, so that a restart is seen soon. */
export const ACK_WAIT_MS = 5_000;
const NOT_UNIQUE = [10099, 10100];

/**
 * Makes what an adapter meets: the streams, and its durable consumer on QUERIES; listens to what it publishes, but for answers to
 * the queries of other runs. Where the system itself listens nothing is put.
 * @throws DomainError `EID_ERR_USAGE` when another program reads the answers of this server
 */
export async function openBus(nc: NatsConnection, party: Registry, run: string): Promise<CheckBus> {
  const jsm = await manager(nc);
  const standing = new Set<string>();
  for await (const { config } of jsm.streams.list()) standing.add(config.name);
  for (const config of streamConfigs()) {
    if (!standing.has(config.name) && [QUERIES, ANSWERS, CHANGES].includes(config.name)) {
      await ensureStream(jsm, config);
    }
  }
  const common = { ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All };
  const filter_subject = querySubject(party);
  const answers: Heard[] = [];
  const changes: { subject: string; data: Uint8Array; at: number }[] = [];
  const byQuery = new Map<string, Heard[]>();

  async function listen(
    stream: string,
    take: (m: { subject: string; data: Uint8Array; type: string }) => void,
  ) {
    const inactive_threshold = nanos(60_000);
    const made = await jsm.consumers
      .add(stream, { ...common, inactive_threshold })
      .catch((error: unknown) => {
        if (!(error instanceof JetStreamApiError && NOT_UNIQUE.includes(error.code))) throw error;
        const reason = `another program reads ${stream} on this server; give the check a server of its own`;
        throw new DomainError('EID_ERR_USAGE', { reason });
      });
    const messages = await (await jetstream(nc).consumers.get(stream, made.name)).consume();
    const ended = (async () => {
      for await (const message of messages) {
        take({
          subject: message.subject,
          data: message.data,
          type: message.headers?.get('Content-Type') ?? '',
        });
        message.ack();
      }
    })();
    return async () => {
      await messages.close();
      await ended;
      await jsm.consumers.delete(stream, made.name).catch(() => false);
    };
  }

  const stops = [
    await listen(ANSWERS, ({ subject, data, type }) => {
      const heard = hear(subject, data, type || undefined);
      const { queryId = '' } = heard;
      if (queryId.startsWith('check-') && !queryId.startsWith(`check-${run}.`)) return;
      answers.push(heard);
      const before = byQuery.get(queryId) ?? [];
      byQuery.set(queryId, [...before, heard]);
    }),
    await listen(CHANGES, ({ subject, data }) => void changes.push({ subject, data, at: Date.now() })),
  ];

  await jsm.consumers.add(QUERIES, queryConsumer(party, { queryAckWaitMs: ACK_WAIT_MS }));

  const open = async () => {
    const { state } = await jsm.streams.info(QUERIES, { subjects_filter: filter_subject });
    return state.subjects?.[filter_subject] ?? 0;
  };
  let raw = 0;
  return {
    nc,
    answers,
    changes,
    answersTo: (queryId) => byQuery.get(queryId) ?? [],
    open,
    async ask(query, { envelope = {}, data = {} } = {}) {
      const id = `${query.id}/${query.attempt}`;
      const text = encodeMessage({ id, source: OWN_SOURCE, time: query.askedAt }, { ...query, ...data });
      const payload = JSON.stringify({ ...JSON.parse(text), ...envelope });
      const headers = messageHeaders(query.correlationId);
      await publishAcked(nc, { subject: filter_subject, payload, msgId: id, headers });
    },
    async put(payload) {
      const msgId = `check-raw-${process.pid}-${Date.now()}-${++raw}`;
      await publishAcked(nc, { subject: filter_subject, payload, msgId, headers: messageHeaders(undefined) });
    },
    async until(holds, ms, everyMs = 25) {
      for (const end = Date.now() + ms; ; await pause(everyMs)) {
        if (await holds()) return true;
        if (Date.now() > end) return false;
      }
    },
    async clear() {
      await jsm.streams.purge(QUERIES, { filter: filter_subject });
    },
    async close() {
      for (const stop of stops) await stop();
    },
  };
}
