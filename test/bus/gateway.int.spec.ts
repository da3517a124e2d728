import { once } from 'node:events';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type GatewayOptions, type JournalEntry, runGateway, type Settlement } from '../../bus/gateway.ts';
import { ANSWERS, manager } from '../../bus/streams.ts';
import type { NoticeReceipt, RegistryAnswer } from '../../schemas/registry.ts';
import { useEngines } from '../support/engines.ts';
import { inEnvelope } from './envelope.ts';
import { freshBus } from './stream.ts';

const engines = useEngines(['nats']);
const SOON = { timeout: 15_000, interval: 20 };

const found = {
  schema: 'registry-answer/1',
  id: 'registration-1.TAX.1:TAX',
  queryId: 'registration-1.TAX.1',
  registry: 'TAX',
  reference: 'GDT-1',
  answeredAt: '2025-04-02T01:00:00.000Z',
  outcome: 'FOUND',
  status: 'ACTIVE',
  values: { name_vi: 'Công ty TNHH Ví Dụ' },
} satisfies RegistryAnswer;

const unavailable = {
  schema: 'registry-answer/1',
  id: 'registration-1.TAX.1:TAX:unavailable:1',
  queryId: 'registration-1.TAX.1',
  registry: 'TAX',
  reference: 'GDT-2',
  answeredAt: '2025-04-02T01:00:00.000Z',
  outcome: 'UNAVAILABLE',
  detail: 'maintenance',
  retryAfterMs: 500,
} satisfies RegistryAnswer;

const delivered = {
  schema: 'notice-receipt/1',
  id: 'account-1.notice-1.1:SMS',
  orderId: 'account-1.notice-1.1',
  channel: 'SMS',
  reference: 'SMS-1',
  at: '2025-04-02T01:00:00.000Z',
  outcome: 'DELIVERED',
} satisfies NoticeReceipt;

/** A case that waits for each question once, and a journal in memory. */
function world() {
  const settled = new Set<string>();
  const journal: JournalEntry[] = [];
  const settle = async (key: string): Promise<Settlement> => {
    if (settled.has(key)) return 'LATE';
    settled.add(key);
    return 'TAKEN';
  };
  return {
    settled,
    journal,
    options: {
      complete: (questionId) => settle(`complete ${questionId}`),
      unavailable: (questionId, detail, retryAfterMs) => settle(`${questionId} ${detail} ${retryAfterMs}`),
      journal: async (entry) => {
        const known = (e: JournalEntry) =>
          e.party === entry.party &&
          e.answerId === entry.answerId &&
          (e.disposition === 'TAKEN' || e.disposition === 'UNAVAILABLE');
        const late = entry.disposition === 'LATE' && journal.some(known);
        const disposition = late ? 'DUPLICATE' : entry.disposition;
        journal.push({ ...entry, disposition });
        return disposition;
      },
    } satisfies Partial<GatewayOptions>,
  };
}

function startGateway(nc: NatsConnection, options: Omit<GatewayOptions, 'nc' | 'signal' | 'log'>) {
  const stop = new AbortController();
  const ended = runGateway({
    nc,
    signal: stop.signal,
    log: pino({ level: 'silent' }),
    maxRetryMs: 200,
    ...options,
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return { ended, stop: () => stop.abort() };
}

const send = (nc: NatsConnection, party: string, body: string | object) =>
  jetstream(nc).publish(`answers.${party}`, typeof body === 'string' ? body : inEnvelope(body));

const waiting = async (nc: NatsConnection) =>
  (await (await manager(nc)).streams.info(ANSWERS)).state.messages;
const emptied = (nc: NatsConnection) => vi.waitFor(async () => expect(await waiting(nc)).toBe(0), SOON);

describe('the gateway', () => {
  it.each([
    ['TAKEN', 'TAX', found, 'complete registration-1.TAX.1'],
    ['TAKEN', 'TAX', { ...found, addedLater: { x: 1 } }, 'complete registration-1.TAX.1'],
    ['TAKEN', 'SMS', delivered, 'complete account-1.notice-1.1'],
    [
      'TAKEN',
      'SMS',
      { ...delivered, outcome: 'FAILED', detail: 'unknown number' },
      'complete account-1.notice-1.1',
    ],
    [
      'TAKEN',
      'TAX',
      { ...found, outcome: 'REFUSED', reason: 'NOT_AUTHORISED' },
      'complete registration-1.TAX.1',
    ],
    ['UNAVAILABLE', 'TAX', unavailable, 'registration-1.TAX.1 BUSY: maintenance 500'],
    ['MISADDRESSED', 'BUSINESS', found, undefined],
    ['MISADDRESSED', 'SMS', found, undefined],
    ['MISADDRESSED', 'NOBODY', found, undefined],
    ['MISADDRESSED', 'TAX', { ...found, queryId: 'registration-1.BUSINESS.1' }, undefined],
    ['MISADDRESSED', 'EMAIL', delivered, undefined],
    ['MALFORMED', 'TAX', '{"schema":"registry-ans', undefined],
    ['MALFORMED', 'TAX', '\u0000', undefined],
    ['MALFORMED', 'TAX', JSON.stringify(found), undefined],
    ['MALFORMED', 'TAX', { ...found, outcome: 'PERHAPS' }, undefined],
    ['MALFORMED', 'TAX', { ...found, schema: 'registry-answer/9' }, undefined],
    ['MALFORMED', 'SMS', { ...delivered, at: 'yesterday' }, undefined],
  ])('settles as %s what comes on answers.%s', async (disposition, party, body, settles) => {
    const nc = await freshBus(engines().nats.url);
    const { journal, settled, options } = world();
    startGateway(nc, options);
    await send(nc, party, body);
    await emptied(nc);
    expect(journal.map((entry) => entry.disposition)).toEqual([disposition]);
    expect([...settled]).toEqual(settles === undefined ? [] : [settles]);
    expect(journal[0]?.raw.byteLength).toBeGreaterThan(0);
  });

  it('journals the same answer again as DUPLICATE, and another answer to a closed question as LATE', async () => {
    const nc = await freshBus(engines().nats.url);
    const { journal, options } = world();
    startGateway(nc, options);
    await send(nc, 'TAX', found);
    await emptied(nc);
    await send(nc, 'TAX', found);
    await emptied(nc);
    await send(nc, 'TAX', { ...found, id: 'another' });
    await emptied(nc);
    expect(journal.map((entry) => [entry.disposition, entry.answerId])).toEqual([
      ['TAKEN', found.id],
      ['DUPLICATE', found.id],
      ['LATE', 'another'],
    ]);
  });

  it('loses no answer while the case cannot be reached', async () => {
    const nc = await freshBus(engines().nats.url);
    const { journal, options } = world();
    let tries = 0;
    startGateway(nc, {
      ...options,
      complete: async (id) => {
        if (++tries < 4) throw new Error('Temporal is down');
        return options.complete(id);
      },
    });
    await send(nc, 'TAX', found);
    await emptied(nc);
    expect(tries).toBe(4);
    expect(journal.map((entry) => entry.disposition)).toEqual(['TAKEN']);
  });

  it('keeps what a party without a valid key sends, and hands it to nobody', async () => {
    const nc = await freshBus(engines().nats.url);
    const { journal, settled, options } = world();
    const since = '2025-01-01T00:00:00.000Z';
    const asked: string[] = [];
    startGateway(nc, {
      ...options,
      revoked: async (party, at) => {
        asked.push(at);
        return party === 'TAX' ? since : undefined;
      },
    });
    await send(nc, 'TAX', found);
    await send(nc, 'TAX', unavailable);
    await send(nc, 'SMS', delivered);
    await emptied(nc);
    expect(journal.map(({ party, disposition }) => [party, disposition]).sort()).toEqual([
      ['SMS', 'TAKEN'],
      ['TAX', 'REVOKED'],
      ['TAX', 'REVOKED'],
    ]);
    expect(journal.find(({ party }) => party === 'TAX')?.detail).toBe(`no valid key since ${since}`);
    expect([...settled]).toEqual(['complete account-1.notice-1.1']);
    expect(asked.every((at) => Math.abs(Date.parse(at) - Date.now()) < 60_000)).toBe(true);
  });

  it('judges the messages about one question one after another, and those about others meanwhile', async () => {
    const nc = await freshBus(engines().nats.url);
    const { options } = world();
    const log: string[] = [];
    const gate = new AbortController();
    startGateway(nc, {
      ...options,
      complete: async (id) => {
        log.push(`begun ${id}`);
        if (id.startsWith('registration-1') && log.filter((line) => line.endsWith(id)).length === 1) {
          await once(gate.signal, 'abort');
        }
        return options.complete(id);
      },
      journal: async (entry) => {
        log.push(`journaled ${entry.questionId}`);
        return options.journal(entry);
      },
    });
    await send(nc, 'TAX', found);
    await send(nc, 'TAX', { ...found, id: 'another' });
    await send(nc, 'TAX', { ...found, id: 'of-another', queryId: 'registration-2.TAX.1' });
    await vi.waitFor(() => expect(log).toContain('journaled registration-2.TAX.1'), SOON);
    gate.abort();
    await emptied(nc);
    expect(log.filter((line) => line.endsWith('registration-1.TAX.1'))).toEqual([
      'begun registration-1.TAX.1',
      'journaled registration-1.TAX.1',
      'begun registration-1.TAX.1',
      'journaled registration-1.TAX.1',
    ]);
  });

  it('journals as TAKEN an answer that the case took while the journal was down', async () => {
    const nc = await freshBus(engines().nats.url);
    const { journal, settled, options } = world();
    let tries = 0;
    startGateway(nc, {
      ...options,
      journal: async (entry) => {
        if (++tries < 3) throw new Error('PostgreSQL is down');
        return options.journal(entry);
      },
    });
    await send(nc, 'TAX', found);
    await emptied(nc);
    expect([...settled]).toEqual(['complete registration-1.TAX.1']);
    expect(journal.map((entry) => entry.disposition)).toEqual(['TAKEN']);
  });

  it('settles once an answer whose gateway died before it was journaled', async () => {
    const nc = await freshBus(engines().nats.url);
    const { journal, settled, options } = world();
    const dying = startGateway(nc, { ...options, journal: () => Promise.reject(new Error('killed')) });
    await send(nc, 'TAX', found);
    await vi.waitFor(() => expect(settled.size).toBe(1), SOON);
    dying.stop();
    await dying.ended;
    startGateway(nc, options);
    await emptied(nc);
    expect([...settled]).toEqual(['complete registration-1.TAX.1']);
    expect(journal.map((entry) => entry.disposition)).toEqual(['LATE']);
  });

  it('finishes what it holds when it is stopped, and leaves the rest for the next one', async () => {
    const nc = await freshBus(engines().nats.url);
    const { journal, options } = world();
    const gate = new AbortController();
    const first = startGateway(nc, {
      ...options,
      complete: async (id) => {
        if (!gate.signal.aborted) await new Promise((go) => gate.signal.addEventListener('abort', go));
        return options.complete(id);
      },
    });
    await send(nc, 'TAX', found);
    const consumers = (await manager(nc)).consumers;
    await vi.waitFor(
      async () => expect((await consumers.info(ANSWERS, 'gateway')).num_ack_pending).toBe(1),
      SOON,
    );
    first.stop();
    gate.abort();
    await first.ended;
    await send(nc, 'SMS', delivered);
    expect(journal.map((entry) => entry.disposition)).toEqual(['TAKEN']);
    startGateway(nc, options);
    await emptied(nc);
    expect(journal.map((entry) => entry.questionId)).toEqual([found.queryId, delivered.orderId]);
  });

  it('keeps personal data out of its log', async () => {
    const nc = await freshBus(engines().nats.url);
    const { options } = world();
    const lines: string[] = [];
    const stop = new AbortController();
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const ended = runGateway({ nc, signal: stop.signal, log, ...options });
    await send(nc, 'TAX', found);
    await send(nc, 'TAX', { ...found, status: 'Công ty TNHH Ví Dụ' });
    await emptied(nc);
    stop.abort();
    await ended;
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.join('')).not.toContain('Ví Dụ');
  });
});
