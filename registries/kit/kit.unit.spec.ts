import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { NoticeOrder, RegistryQuery } from '../../schemas/registry.ts';
import { type ChannelAdapter, defineAdapter, type LookupResult, type RegistryAdapter } from './adapter.ts';
import { asking, TRIES } from './asking.ts';
import { readQuestion } from './read.ts';
import { toAnswer, toReceipt } from './reply.ts';

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
const bytes = (body: unknown) => new TextEncoder().encode(JSON.stringify(body));
const context = (signal = new AbortController().signal) => ({ signal, log: pino({ level: 'silent' }) });

function adapterOf(lookup: () => Promise<LookupResult>): RegistryAdapter {
  return defineAdapter<RegistryAdapter>({ party: 'TAX', concurrency: 4, lookup });
}

describe('reading a question', () => {
  it('ignores fields that it does not know', () => {
    expect(readQuestion('TAX', bytes({ ...query, addedLater: 1 }))).toEqual({ ok: true, question: query });
    expect(readQuestion('SMS', bytes(order))).toEqual({ ok: true, question: order });
  });

  it('refuses a question without the right shape, naming the field and not its value', () => {
    const read = readQuestion('TAX', bytes({ ...query, correlationId: 7, subject: { nameVi: 'Bí mật' } }));
    expect(read).toMatchObject({ ok: false, code: 'EID_ERR_SHAPE' });
    expect(JSON.stringify(read)).toContain('correlationId');
    expect(JSON.stringify(read)).not.toContain('Bí mật');
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
    const counts = { looked: 0 };
    const ask = asking(
      adapterOf(async () => {
        await gate;
        return { outcome: 'NOT_FOUND', reference: 'r' };
      }),
      counts,
    );
    const both = [ask(query, 1, context()), ask({ ...query, attempt: 3 }, 1, context())];
    go();
    const [first, second] = await Promise.all(both);
    expect(first).toBe(second);
    expect(counts.looked).toBe(1);
  });

  it('tells "not found", "unavailable" and a failure apart', async () => {
    const outcomeOf = async (lookup: () => Promise<LookupResult>, delivery: number) =>
      (await asking(adapterOf(lookup), { looked: 0 })(query, delivery, context())).reply.outcome;
    expect(await outcomeOf(async () => ({ outcome: 'NOT_FOUND', reference: 'r' }), 1)).toBe('NOT_FOUND');
    expect(await outcomeOf(async () => ({ outcome: 'UNAVAILABLE', detail: 'd' }), 1)).toBe('UNAVAILABLE');
    const failing = () => Promise.reject(new Error('broken'));
    await expect(outcomeOf(failing, TRIES - 1)).rejects.toThrow('broken');
    expect(await outcomeOf(failing, TRIES)).toBe('UNAVAILABLE');
  });

  it('reports a notice as failed when its channel keeps failing', async () => {
    const channel = defineAdapter<ChannelAdapter>({
      party: 'SMS',
      concurrency: 1,
      deliver: () => Promise.reject(new Error('broken')),
    });
    const asked = await asking(channel, { looked: 0 })(order, TRIES, context());
    expect(asked).toMatchObject({ final: false, reply: { outcome: 'FAILED' } });
  });

  it('puts no question before its rate allows it', async () => {
    const counts = { looked: 0 };
    const lookup = async () => ({ outcome: 'NOT_FOUND', reference: 'r' }) as const;
    const adapter = defineAdapter<RegistryAdapter>({ ...adapterOf(lookup), rateLimitPerSecond: 0.001 });
    const ask = asking(adapter, counts);
    await ask(query, 1, context());
    const stop = new AbortController();
    const second = ask({ ...query, id: 'registration-2.TAX.1' }, 1, context(stop.signal));
    stop.abort(new Error('stop'));
    await expect(second).rejects.toThrow('stop');
    expect(counts.looked).toBe(1);
  });

  it('does not call a stop a failure', async () => {
    const ask = asking(
      adapterOf(() => Promise.reject(new Error('stopped'))),
      { looked: 0 },
    );
    await expect(ask(query, TRIES, context(AbortSignal.abort(new Error('stop'))))).rejects.toThrow('stop');
  });

  it('refuses a concurrency or a rate of nothing', () => {
    const lookup = async () => ({ outcome: 'NOT_FOUND', reference: 'r' }) as const;
    expect(() => defineAdapter<RegistryAdapter>({ party: 'TAX', concurrency: 0, lookup })).toThrow(
      RangeError,
    );
    expect(() =>
      defineAdapter<RegistryAdapter>({ party: 'TAX', concurrency: 1, rateLimitPerSecond: 0, lookup }),
    ).toThrow(RangeError);
  });
});
