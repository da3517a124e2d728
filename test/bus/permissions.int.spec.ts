import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { createInbox, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { connectBus } from '../../bus/connect.ts';
import { kindOf } from '../../bus/permissions/adapter.ts';
import { natsAccounts } from '../../bus/permissions/config.ts';
import { ANSWERS, CHANGES, EVENTS, manager, QUERIES } from '../../bus/streams.ts';
import { natsConfig } from '../../engines/config.ts';
import { makeKey } from '../../engines/credentials.ts';
import { machineProbes } from '../../engines/probes.ts';
import { resolveEngine } from '../../engines/resolve.ts';
import { credentials } from '../../registries/check/items/credentials.ts';
import { Party } from '../../schemas/registry.ts';
import { put } from '../registries/answers.ts';
import { useEngines } from '../support/engines.ts';
import { freshFolder } from '../support/folder.ts';
import { taxQuery } from './questions.ts';
import { freshBus } from './stream.ts';

const engines = useEngines(['nats']);
const SOON = { timeout: 10_000, interval: 20 };
const names = [...Party.options, 'TAX-PORTAL'];
let seeds: ReadonlyMap<string, string>;
let admitted: { party: string; kind: ReturnType<typeof kindOf>; keys: string[] }[];

const admit = (parties = admitted) => engines().nats.admit?.(natsAccounts(parties));

beforeAll(async () => {
  const { keysDir: folder = '' } = engines().nats;
  seeds = new Map(names.map((party) => [party, join(folder, `${party}.seed`)]));
  admitted = [...seeds].map(([party, file]) => ({ party, kind: kindOf(party), keys: [makeKey(file)] }));
});

async function as(party: string): Promise<NatsConnection> {
  const seedFile = seeds.get(party);
  const nc = await connectBus({
    servers: engines().nats.bareUrl,
    name: party,
    seedFile,
    party,
    reconnect: false,
  });
  onTestFinished(() => nc.close());
  return nc;
}

/** Of each stream how many messages it holds and its last sequence. */
async function streamsOf(nc: NatsConnection) {
  const jsm = await manager(nc);
  const of = async (name: string) => {
    const { state, config } = await jsm.streams.info(name);
    return { name, messages: state.messages, last: state.last_seq, subjects: config.subjects };
  };
  return await Promise.all([QUERIES, ANSWERS, CHANGES, EVENTS].map(of));
}

const request = (nc: NatsConnection, subject: string, payload: object = {}) =>
  nc.request(subject, JSON.stringify(payload), { timeout: 300 }).then(
    (answer) => answer.string(),
    () => 'no answer',
  );

describe('the key of an adapter', () => {
  it('takes its own questions, answers them and tells its changes', async () => {
    const system = await freshBus(engines().nats.url);
    await admit();
    await put(system, taxQuery());
    const tax = await as('TAX');
    const js = jetstream(tax);
    const consumer = await js.consumers.get(QUERIES, 'TAX');
    const message = await consumer.next({ expires: 5_000 });
    expect(message?.subject).toBe('queries.TAX');
    expect((await js.publish('answers.TAX', '{}')).stream).toBe(ANSWERS);
    expect((await js.publish('changes.TAX', '{}')).stream).toBe(CHANGES);
    await message?.ackAck();
    await vi.waitFor(
      async () => expect((await streamsOf(system))[0]).toMatchObject({ name: QUERIES, messages: 0 }),
      SOON,
    );
  });

  it.each(['BUSINESS', 'TAX', 'SMS'])(
    'of %s is refused everything else that the check tries',
    async (party) => {
      await freshBus(engines().nats.url);
      await admit();
      const own = { url: engines().nats.bareUrl, seedFile: seeds.get(party) ?? '' };
      const outcome = await credentials.run({ party: party as 'TAX', credentials: own });
      expect(outcome).toMatchObject({ status: 'PASSED', came: expect.stringContaining('all refused') });
    },
  );

  it('of a channel tells no changes, and that of a relying service neither asks nor answers', async () => {
    const system = await freshBus(engines().nats.url);
    await admit();
    const [sms, portal] = [await as('SMS'), await as('TAX-PORTAL')];
    sms.publish('changes.SMS', '{}');
    for (const subject of ['changes.TAX', 'answers.TAX', 'queries.TAX', 'acks.SERVICE-PORTAL']) {
      portal.publish(subject, '{}');
    }
    await Promise.all([sms.flush(), portal.flush()]);
    expect((await streamsOf(system)).map(({ messages }) => messages)).toEqual([0, 0, 0, 0]);
  });

  it('alters nothing whatever it asks of JetStream, and reads nothing of others', async () => {
    const system = await freshBus(engines().nats.url);
    await admit();
    await put(system, taxQuery());
    await put(system, { ...taxQuery({ id: 'registration-9.BUSINESS.1' }), registry: 'BUSINESS' });
    await jetstream(system).publish('answers.BUSINESS', 'secret');
    const before = await streamsOf(system);
    const tax = await as('TAX');
    const heard: string[] = [];
    for (const subject of ['>', 'queries.>', 'answers.>', '_INBOX.>', '$JS.>']) {
      tax.subscribe(subject, { callback: (error, message) => void (error ?? heard.push(message.subject)) });
    }
    const tries = [
      ['STREAM.PURGE.QUERIES', {}],
      ['STREAM.PURGE.ANSWERS', {}],
      ['STREAM.DELETE.QUERIES', {}],
      ['STREAM.UPDATE.QUERIES', { name: QUERIES, subjects: ['nothing'] }],
      ['STREAM.CREATE.MINE', { name: 'MINE', subjects: ['mine'] }],
      ['STREAM.MSG.GET.ANSWERS', { seq: 1 }],
      ['STREAM.MSG.DELETE.ANSWERS', { seq: 1 }],
      ['DIRECT.GET.EVENTS', { seq: 1 }],
      ['STREAM.LIST', {}],
      ['CONSUMER.MSG.NEXT.QUERIES.BUSINESS', { batch: 1 }],
      ['CONSUMER.DELETE.QUERIES.BUSINESS', {}],
      ['CONSUMER.CREATE.ANSWERS', { stream_name: ANSWERS, config: { ack_policy: 'none' } }],
    ] as const;
    const answers = await Promise.all(
      tries.map(([operation, payload]) => request(tax, `$JS.API.${operation}`, payload)),
    );
    expect(answers.filter((answer) => /secret|"success"|queries\.BUSINESS|"state"/.test(answer))).toEqual([]);
    expect(await streamsOf(system)).toEqual(before);
    const jsm = await manager(system);
    const consumers = (await jsm.consumers.list(QUERIES).next()).map(({ name }) => name).sort();
    expect(consumers).toEqual([...Party.options].sort());
    expect(heard.filter((subject) => !subject.startsWith('_INBOX_TAX'))).toEqual([]);
  });

  it('writes into no stream by the reply that it asks for', async () => {
    const system = await freshBus(engines().nats.url);
    await admit();
    const tax = await as('TAX');
    const before = await streamsOf(system);
    for (const reply of ['events.x.y.z', 'answers.BUSINESS', 'changes.BUSINESS', 'queries.TAX']) {
      tax.publish('$JS.API.CONSUMER.INFO.QUERIES.TAX', '', { reply });
      tax.publish('answers.TAX', '{}', { reply });
      tax.publish('$JS.API.CONSUMER.MSG.NEXT.QUERIES.TAX', '{"no_wait":true,"batch":1}', { reply });
    }
    await tax.flush();
    await vi.waitFor(
      async () => expect((await streamsOf(system))[1]).toMatchObject({ name: ANSWERS, messages: 4 }),
      SOON,
    );
    const after = (await streamsOf(system)).filter(({ name }) => name !== ANSWERS);
    expect(after).toEqual(before.filter(({ name }) => name !== ANSWERS));
  });

  it('is nothing without its seed: no name, another’s name and an unknown key are refused', async () => {
    await admit();
    const servers = engines().nats.bareUrl.replace('nats://', '');
    const refused = (options: object) =>
      expect(connect({ servers, reconnect: false, ...options })).rejects.toThrow(/Authorization/i);
    await refused({});
    await refused({ user: 'orgeid', pass: 'guess' });
    const stranger = join(freshFolder(), 'stranger.seed');
    makeKey(stranger);
    await expect(
      connectBus({ servers: engines().nats.bareUrl, name: 'x', seedFile: stranger, reconnect: false }),
    ).rejects.toThrow(/Authorization/i);
  });

  it('is cut off at once when it is revoked, and the others go on', async () => {
    await admit();
    const [tax, business] = [await as('TAX'), await as('BUSINESS')];
    await admit(admitted.filter(({ party }) => party !== 'TAX'));
    await tax.closed();
    expect(business.isClosed()).toBe(false);
    await expect(as('TAX')).rejects.toThrow(/Authorization/i);
    expect((await jetstream(business).publish('answers.BUSINESS', '{}')).stream).toBe(ANSWERS);
    await admit();
    expect((await jetstream(await as('TAX')).publish('answers.TAX', '{}')).stream).toBe(ANSWERS);
  });

  it('hears replies in inboxes of its own only', async () => {
    await admit();
    const [tax, business] = [await as('TAX'), await as('BUSINESS')];
    const inbox = createInbox('_INBOX_BUSINESS');
    const stolen: string[] = [];
    tax.subscribe('_INBOX_BUSINESS.>', {
      callback: (error, message) => void (error ?? stolen.push(message.subject)),
    });
    await tax.flush();
    const own = business.subscribe(inbox, { max: 1 });
    business.publish('$JS.API.CONSUMER.INFO.QUERIES.BUSINESS', '', { reply: inbox });
    for await (const message of own) expect(message.string()).toContain('"stream_name"');
    expect(stolen).toEqual([]);
  });
});

it('the configuration of docker compose is one that a server takes', async () => {
  const found = await resolveEngine(
    'nats',
    machineProbes(() => {}),
  );
  if (found.kind === 'address') throw new Error('this test runs a server of its own');
  const folder = freshFolder();
  writeFileSync(join(folder, 'nats.conf'), natsConfig({ cluster: true, storeDir: folder }));
  writeFileSync(join(folder, 'users.conf'), natsAccounts(admitted, { rehearsal: true }));
  const routes = [1, 2, 3].map((i) => [`NATS_ROUTE_${i}`, `"nats://route:secret@nats-${i}:6222"`]);
  const { status, stderr } = spawnSync(found.path, ['-t', '-c', join(folder, 'nats.conf')], {
    encoding: 'utf8',
    env: {
      NATS_SERVER_NAME: 'nats-1',
      NATS_PASSWORD: '"12e3"',
      NATS_ROUTE_PASSWORD: '"secret"',
      ...Object.fromEntries(routes),
    },
  });
  expect([status, stderr]).toEqual([0, expect.stringContaining('is valid')]);
});

it('a configuration that the server does not take leaves the one that it had', async () => {
  await admit();
  await expect(engines().nats.admit?.('accounts: { nonsense')).rejects.toMatchObject({
    code: 'EID_ERR_ENGINE_USERS',
  });
  expect((await jetstream(await as('TAX')).publish('answers.TAX', '{}')).stream).toBe(ANSWERS);
});
