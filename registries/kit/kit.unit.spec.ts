import { fc, test } from '@fast-check/vitest';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { encodeMessage } from '../../bus/envelope.ts';
import type { NoticeOrder, RegistryQuery } from '../../schemas/registry.ts';
import { defineAdapter, type LookupResult, type RegistryAdapter } from './adapter.ts';
import { asking, TRIES } from './asking.ts';
import { discreet } from './log.ts';
import { readQuestion } from './read.ts';
import { toAnswer, toReceipt } from './reply.ts';
import { found, notFound, refused, tryLater } from './results.ts';
import { readSettings } from './settings.ts';
import { isStale } from './stale.ts';

const NOW = '2025-04-02T01:00:00.000Z';
const query: RegistryQuery = {
  schema: 'registry-query/1',
  id: 'registration-1.TAX.1',
  registry: 'TAX',
  attempt: 2,
  askedAt: NOW,
  correlationId: 'correlation-1',
  subject: { category: 'ENTERPRISE', taxCode: '0100000001', nameVi: 'Công ty TNHH Ví Dụ' },
  fields: ['name_vi'],
};
const order: NoticeOrder = {
  schema: 'notice-order/1',
  id: 'account-1.notice-1.1',
  channel: 'SMS',
  attempt: 1,
  askedAt: NOW,
  correlationId: 'correlation-1',
  to: { name: 'Nguyễn Văn Ví Dụ', address: '0900000000' },
  template: 'ACCOUNT_ISSUED',
  values: {},
};
const bytes = (data: RegistryQuery | NoticeOrder) =>
  new TextEncoder().encode(encodeMessage({ id: 'm-1', source: '/orgeid', time: NOW }, data));
/** What is no question of any type known here. */
const wrong = (data: object, envelope: object = {}) =>
  new TextEncoder().encode(
    JSON.stringify({
      ...JSON.parse(encodeMessage({ id: 'm-1', source: '/orgeid', time: NOW }, query)),
      data,
      ...envelope,
    }),
  );
const context = (signal = new AbortController().signal) => ({ signal, log: pino({ level: 'silent' }) });

function adapterOf(lookup: () => Promise<LookupResult>): RegistryAdapter {
  return defineAdapter({ registry: 'TAX', concurrency: 4, lookup });
}

/** Counts look-ups. */
function counting() {
  const counts = { looked: 0, failed: 0 };
  const lookup = (_seconds: number, error?: string) => {
    counts.looked++;
    if (error !== undefined) counts.failed++;
  };
  return { counts, meter: { lookup } };
}

describe('reading a question', () => {
  it('ignores fields that it does not know', () => {
    const later = { ...query, addedLater: 1, fields: [...query.fields, 'field_of_a_later_version'] };
    expect(readQuestion('TAX', wrong(later, { addedlater: 1 }))).toEqual({ ok: true, question: query });
    expect(readQuestion('SMS', bytes(order))).toEqual({ ok: true, question: order });
  });

  it('refuses a question without the right shape, naming the field and not its value', () => {
    const read = readQuestion('TAX', wrong({ ...query, correlationId: 7, subject: { nameVi: 'Bí mật' } }));
    expect(read).toMatchObject({ ok: false, code: 'EID_ERR_SHAPE' });
    expect(JSON.stringify(read)).toContain('correlationId');
    expect(JSON.stringify(read)).not.toContain('Bí mật');
  });

  it.each([
    ['without an envelope', { specversion: undefined }],
    ['of a later version', { type: 'orgeid.registry.query.v2' }],
    ['that is none', { type: 'orgeid.registry.answer.v1' }],
  ])('refuses a question %s', (_, envelope) => {
    expect(readQuestion('TAX', wrong(query, envelope))).toMatchObject({ ok: false, code: 'EID_ERR_SHAPE' });
  });

  it('refuses a question that was put to another party', () => {
    expect(readQuestion('BUSINESS', bytes(query))).toMatchObject({ ok: false, code: 'EID_ERR_MISADDRESSED' });
    expect(readQuestion('EMAIL', bytes(order))).toMatchObject({ ok: false, code: 'EID_ERR_MISADDRESSED' });
  });
});

describe('a reply', () => {
  it('has an id that follows from the question, whichever attempt it answers', () => {
    const result = { outcome: 'NOT_FOUND', reference: 'r' } as const;
    expect(toAnswer(query, result, NOW).id).toBe('registration-1.TAX.1:TAX');
    expect(toAnswer({ ...query, attempt: 9 }, result, NOW).id).toBe('registration-1.TAX.1:TAX');
    expect(toReceipt(order, { outcome: 'FAILED', reference: 'r' }, NOW).id).toBe('account-1.notice-1.1:SMS');
  });

  it('says "unavailable" under an id of its own for each attempt, so that it never stands for the answer', () => {
    const answer = toAnswer(query, { outcome: 'UNAVAILABLE', detail: 'maintenance', retryAfterMs: 5 }, NOW);
    expect(answer).toMatchObject({ id: 'registration-1.TAX.1:TAX:unavailable:2', retryAfterMs: 5 });
  });

  it('keeps the time that the registry gave', () => {
    const answeredAt = '2025-04-01T00:00:00.000Z';
    expect(toAnswer(query, { outcome: 'NOT_FOUND', reference: 'r', answeredAt }, NOW).answeredAt).toBe(
      answeredAt,
    );
  });

  it('leaves out what the registry does not hold, however the adapter says that', () => {
    const values = { name_vi: 'Ví Dụ', address: null, tax_code: undefined };
    const answer = toAnswer(query, found({ reference: 'r', status: 'ACTIVE', values }), NOW);
    expect(answer).toMatchObject({ values: { name_vi: 'Ví Dụ' } });
    expect(JSON.stringify(answer)).not.toContain('address');
  });

  it('is refused when the adapter made it without a reference', () => {
    expect(() => toAnswer(query, { outcome: 'NOT_FOUND', reference: '' }, NOW)).toThrow();
  });
});

describe('asking an adapter', () => {
  it('puts a question once while it is under way', async () => {
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { counts, meter } = counting();
    const ask = asking(
      adapterOf(async () => {
        await gate;
        return { outcome: 'NOT_FOUND', reference: 'r' };
      }),
      meter,
    );
    const both = [ask(query, 1, context()), ask({ ...query, attempt: 3 }, 1, context())];
    go();
    const [first, second] = await Promise.all(both);
    expect(first).toBe(second);
    expect(counts.looked).toBe(1);
  });

  it('tells "not found", "refused", "try later" and a failure apart', async () => {
    const replyTo = async (lookup: () => Promise<LookupResult>, delivery: number) =>
      await asking(adapterOf(lookup), counting().meter)(query, delivery, context());
    expect(await replyTo(async () => notFound('r'), 1)).toMatchObject({
      final: true,
      reply: { outcome: 'NOT_FOUND' },
    });
    expect(await replyTo(async () => refused('LEGAL_HOLD'), 1)).toMatchObject({
      final: true,
      reply: { outcome: 'REFUSED', reason: 'LEGAL_HOLD', reference: 'TAX-refused' },
    });
    expect(await replyTo(async () => tryLater('d'), 1)).toMatchObject({
      final: false,
      reply: { outcome: 'UNAVAILABLE', cause: 'BUSY' },
    });
    const failing = () => Promise.reject(new Error('broken'));
    await expect(replyTo(failing, TRIES - 1)).rejects.toThrow('broken');
    expect(await replyTo(failing, TRIES)).toMatchObject({
      final: false,
      reply: { outcome: 'UNAVAILABLE', cause: 'BROKEN' },
    });
  });

  it('reports a notice as failed when its channel keeps failing', async () => {
    const channel = defineAdapter({
      channel: 'SMS',
      concurrency: 1,
      deliver: () => Promise.reject(new Error('broken')),
    });
    const asked = await asking(channel, counting().meter)(order, TRIES, context());
    expect(asked).toMatchObject({ final: false, reply: { outcome: 'FAILED' } });
  });

  it('puts no question before its rate allows it', async () => {
    const { counts, meter } = counting();
    const lookup = async () => notFound('r');
    const adapter = defineAdapter({ registry: 'TAX', lookup, rateLimitPerSecond: 0.001 });
    const ask = asking(adapter, meter);
    await ask(query, 1, context());
    const stop = new AbortController();
    const second = ask({ ...query, id: 'registration-2.TAX.1' }, 1, context(stop.signal));
    stop.abort(new Error('stop'));
    await expect(second).rejects.toThrow('stop');
    expect(counts.looked).toBe(1);
  });

  it('does not call a stop a failure', async () => {
    const { counts, meter } = counting();
    const ask = asking(
      adapterOf(() => Promise.reject(new Error('stopped'))),
      meter,
    );
    await expect(ask(query, TRIES, context(AbortSignal.abort(new Error('stop'))))).rejects.toThrow('stop');
    expect(counts.failed).toBe(0);
  });

  it('refuses a concurrency or a rate of nothing', () => {
    const lookup = () => notFound('r');
    expect(() => defineAdapter({ registry: 'TAX', concurrency: 0, lookup })).toThrow(
      /^EID_ERR_USAGE: concurrency/,
    );
    expect(() => defineAdapter({ registry: 'TAX', rateLimitPerSecond: 0, lookup })).toThrow(
      /^EID_ERR_USAGE: rate/,
    );
  });
});

describe('an attempt whose time is over', () => {
  const late = { ...query, answerBy: NOW, attempt: 1, attempts: 3 };
  const after = Date.parse(NOW) + 1;
  it('is left to the next one', () => {
    expect(isStale(late, after)).toBe(true);
    expect(isStale(late, after - 2)).toBe(false);
  });
  it('is never left when it is the last, or when it does not say how many follow', () => {
    expect(isStale({ ...late, attempt: 3 }, after)).toBe(false);
    expect(isStale({ ...query, answerBy: NOW }, after)).toBe(false);
    expect(isStale({ ...query, attempts: 3 }, after)).toBe(false);
    expect(isStale(order, after)).toBe(false);
  });
  test.prop([
    fc.integer({ min: 1, max: 10 }),
    fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 10 }),
  ])('leaves at least one attempt of a question, whatever the clock says', (attempts, clock) => {
    const questions = Array.from({ length: attempts }, (_, i) => ({ ...late, attempts, attempt: i + 1 }));
    const taken = questions.filter((one, i) => !isStale(one, after + (clock[i] ?? 0)));
    expect(taken.length).toBeGreaterThan(0);
  });
});

describe('the log of an adapter', () => {
  it('shows nothing of a question, a record or a part of either', () => {
    const lines: string[] = [];
    const log = discreet(pino({}, { write: (line: string) => void lines.push(line) }), { party: 'TAX' });
    log.info({ query }, 'asked');
    log.info(query.subject, 'asked');
    log.child({ questionId: query.id }).info({ order, values: { name_vi: 'Ví Dụ' } }, 'told');
    const text = lines.join('');
    for (const held of ['Ví Dụ', '0100000001', '0900000000']) expect(text).not.toContain(held);
    expect(text).toContain(query.id);
    expect(text).toContain('"party":"TAX"');
  });
});

describe('the settings of an adapter', () => {
  const url = { ORGEID_NATS_URL: 'nats://127.0.0.1:4222' };
  it('have defaults for all but the address of NATS; what is empty counts as not set', () => {
    expect(readSettings({ ...url, ORGEID_NATS_SEED_FILE: '', LOG_LEVEL: '' })).toMatchObject({
      ...url,
      LOG_LEVEL: 'info',
    });
  });
  it.each([
    [{}, /^EID_ERR_USAGE: ORGEID_NATS_URL is missing: set it to .+$/],
    [{ ORGEID_NATS_URL: 'not an address' }, /^EID_ERR_USAGE: ORGEID_NATS_URL is not an address/],
    [{ ...url, ORGEID_ADAPTER_PORT: 'x' }, /^EID_ERR_USAGE: ORGEID_ADAPTER_PORT is not a port$/],
    [{ ...url, ORGEID_ADAPTER_PORT: '70000' }, /^EID_ERR_USAGE: ORGEID_ADAPTER_PORT /],
    [{ ...url, LOG_LEVEL: 'loud' }, /^EID_ERR_USAGE: LOG_LEVEL is not a level of the log$/],
    [
      { ...url, ORGEID_NATS_SEED_FILE: '/nowhere/seed' },
      /^EID_ERR_USAGE: ORGEID_NATS_SEED_FILE names a file that/,
    ],
  ])('that are wrong are told in one sentence: %j', (env, says) => {
    expect(() => readSettings(env)).toThrow(says);
  });
});
