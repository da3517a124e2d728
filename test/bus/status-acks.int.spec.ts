import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { acknowledge } from '../../activities/acknowledgements.ts';
import { acknowledgeLock, ackSubject } from '../../bus/status/acknowledge.ts';
import { runAcks } from '../../bus/status/acks.ts';
import { ACKS, ensureStreams, manager } from '../../bus/streams.ts';
import type { Cases } from '../../client/cases.ts';
import { account } from '../../domain/account/index.ts';
import { DomainError } from '../../domain/error.ts';
import { projections } from '../../domain/projections.ts';
import { opening } from '../../domain/testing/accounts.ts';
import { people } from '../../domain/testing/people.ts';
import { pin } from '../../policies/pin.ts';
import type { AccountState } from '../../schemas/account.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { createRecorder } from '../../store/record.ts';
import { note, useStore } from '../store/support.ts';
import { useEngines } from '../support/engines.ts';
import { policyWith } from '../support/system.ts';
import { freshBucket, freshNumber, quiet, SOON, streamOf } from './status.ts';

const engines = useEngines(['nats']);
const store = useStore();
const services = ['TAX-PORTAL', 'BANK'];

async function policy(acknowledgeWithinMs: number): Promise<CasePolicy> {
  const relyingServices = services.map((id) => ({ id, name: id }));
  return pin(await policyWith('test/1', { relyingServices, acknowledgeWithinMs }));
}

type Sent = Pick<Cases, 'send'>;

/** Cases that decide as the real ones do, without a workflow between. */
function cases(rules: CasePolicy): Sent {
  const recorder = createRecorder(store.pool(), projections);
  const cases: Sent = {
    async send(stream, { type, data, ...meta }) {
      const decider = account(stream, rules);
      const events = await readStream(store.pool(), stream);
      const done = events.find(({ commandId }) => commandId === meta.id);
      if (done) return { version: done.version };
      const state = ((await readCase(store.pool(), stream))?.state ?? decider.initial) as AccountState;
      const command = { ...meta, type, data } as Parameters<typeof decider.decide>[0];
      const decided = decider.decide(command, state, Date.now());
      if (decided.length === 0) return { version: events.length };
      const at = new Date().toISOString();
      const written = { events: decided, commandId: meta.id, at, actor: meta.actor };
      const answer = await recorder.record(note(stream, events.length, written));
      if (answer.kind === 'recorded') return { version: answer.version };
      return await cases.send(stream, { type, data, ...meta });
    },
  };
  return cases;
}

async function acksBus(): Promise<NatsConnection> {
  const nc = await freshBucket(engines().nats.url);
  await (await manager(nc)).streams.delete(ACKS).catch(() => false);
  await ensureStreams(nc);
  return nc;
}

function run(nc: NatsConnection, sending: Sent) {
  const stop = new AbortController();
  const settlements: string[] = [];
  const ended = runAcks({
    nc,
    signal: stop.signal,
    log: quiet,
    maxRetryMs: 100,
    acknowledge: async (ack) => {
      const settlement = await acknowledge({ cases: sending, db: store.pool() }, ack);
      settlements.push(settlement);
      return settlement;
    },
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return settlements;
}

/** An account that its owner locked. */
async function locked(sending: Sent): Promise<string> {
  const number = freshNumber();
  const ask = (actor: typeof people.system, type: string, data: object) =>
    sending.send(streamOf(number), { id: `${number}/${type}`, actor, type, data });
  await ask(people.system, 'OpenAccount', { ...opening(), number, organisationKeys: [`code:${number}`] });
  await ask(people.registrant, 'LockOwnAccount', {});
  return number;
}

const ackOf = (number: string, service = 'BANK', seq = 1) => ({
  service,
  number,
  seq,
  id: `${number}/${seq}`,
  at: new Date().toISOString(),
});
const settled = (nc: NatsConnection) =>
  vi.waitFor(async () => expect((await (await manager(nc)).streams.info(ACKS)).state.messages).toBe(0), SOON);
const obedienceOf = async (number: string) => {
  const state = (await readCase(store.pool(), streamOf(number)))?.state as AccountState | undefined;
  const obedience = state?.obedience ?? [];
  return Object.fromEntries(obedience.map(({ service, status }) => [service, status]));
};
const acknowledged = async (number: string) =>
  (await readStream(store.pool(), streamOf(number))).filter(({ type }) => type === 'LockAcknowledged');
const sendRaw = (nc: NatsConnection, service: string, body: unknown) =>
  jetstream(nc).publish(ackSubject(service), typeof body === 'string' ? body : JSON.stringify(body));

describe('a relying service that acknowledges a lock', () => {
  it('is taken at its word, and the others go on being awaited', async () => {
    const nc = await acksBus();
    const sending = cases(await policy(60_000));
    const number = await locked(sending);
    const settlements = run(nc, sending);
    await acknowledgeLock(nc, ackOf(number));
    await settled(nc);
    expect(settlements).toEqual(['TAKEN']);
    expect(await obedienceOf(number)).toEqual({ 'TAX-PORTAL': 'AWAITED', BANK: 'ACKNOWLEDGED' });
  });

  it('is taken once, however often it says so', async () => {
    const nc = await acksBus();
    const sending = cases(await policy(60_000));
    const number = await locked(sending);
    const settlements = run(nc, sending);
    const ack = ackOf(number);
    await acknowledgeLock(nc, ack);
    await acknowledgeLock(nc, ack, { msgId: 'again' });
    await acknowledgeLock(nc, { ...ack, id: 'another id' });
    await settled(nc);
    expect(settlements).toContain('UNCHANGED');
    expect(await acknowledged(number)).toHaveLength(1);
  });

  it('does not speak for another service that uses the same id', async () => {
    const nc = await acksBus();
    const sending = cases(await policy(60_000));
    const number = await locked(sending);
    run(nc, sending);
    for (const service of services) await acknowledgeLock(nc, { ...ackOf(number, service), id: '1' });
    await settled(nc);
    expect(await obedienceOf(number)).toEqual({ 'TAX-PORTAL': 'ACKNOWLEDGED', BANK: 'ACKNOWLEDGED' });
  });

  it.each([
    ['another lock than the present one', (number: string) => ackOf(number, 'BANK', 2), 'UNCHANGED'],
    ['a lock that it was not asked about', (number: string) => ackOf(number, 'NOBODY'), 'UNCHANGED'],
    ['an account that does not exist', () => ackOf(freshNumber()), 'UNKNOWN'],
    ['a number that no account can have', () => ackOf('1'.repeat(300)), 'UNKNOWN'],
  ])('changes nothing when it names %s', async (_, ack, expected) => {
    const nc = await acksBus();
    const sending = cases(await policy(60_000));
    const number = await locked(sending);
    const settlements = run(nc, sending);
    await acknowledgeLock(nc, { ...ack(number), id: 'x' });
    await settled(nc);
    expect(settlements).toEqual([expected]);
    expect(await obedienceOf(number)).toEqual({ 'TAX-PORTAL': 'AWAITED', BANK: 'AWAITED' });
  });

  it.each([
    ['sent as another service', 'TAX-PORTAL', (number: string) => ackOf(number, 'BANK')],
    ['without a number', 'BANK', () => ({ ...ackOf('1'), number: '' })],
    ['not JSON', 'BANK', () => '{"schema":"status-ack'],
  ])('is refused and does not come again when its message is %s', async (_, service, body) => {
    const nc = await acksBus();
    const sending = cases(await policy(60_000));
    const number = await locked(sending);
    const settlements = run(nc, sending);
    const raw = body(number);
    await sendRaw(
      nc,
      service,
      typeof raw === 'string' ? raw : { schema: 'status-acknowledgement/1', ...raw },
    );
    await acknowledgeLock(nc, ackOf(number, 'BANK'));
    await settled(nc);
    expect(settlements).toEqual(['TAKEN']);
    expect(await obedienceOf(number)).toMatchObject({ 'TAX-PORTAL': 'AWAITED' });
  });

  it('is heard although its id is nothing that a log may hold', async () => {
    const nc = await acksBus();
    const sending = cases(await policy(60_000));
    const number = await locked(sending);
    const settlements = run(nc, sending);
    await acknowledgeLock(nc, { ...ackOf(number), id: 'a\u0000b\ud800' });
    await settled(nc);
    expect(settlements).toEqual(['TAKEN']);
  });

  it('is heard again for as long as the account cannot be reached, and then taken once', async () => {
    const nc = await acksBus();
    const sending = cases(await policy(60_000));
    const number = await locked(sending);
    let tries = 0;
    run(nc, {
      send: (stream, command) => {
        if (++tries < 4) return Promise.reject(new DomainError('EID_ERR_UNAVAILABLE'));
        return sending.send(stream, command);
      },
    });
    await acknowledgeLock(nc, ackOf(number));
    await settled(nc);
    expect(tries).toBe(4);
    expect(await acknowledged(number)).toHaveLength(1);
  });

  it('tells the account how far the log is that it may have read before the account did', async () => {
    const nc = await acksBus();
    const sending = cases(await policy(60_000));
    const number = await locked(sending);
    const seen: (number | undefined)[] = [];
    run(nc, {
      send: (stream, command) => {
        seen.push(command.seenVersion);
        return sending.send(stream, command);
      },
    });
    const { version } = (await readCase(store.pool(), streamOf(number))) ?? {};
    await acknowledgeLock(nc, ackOf(number));
    await settled(nc);
    expect(seen).toEqual([version]);
  });
});
