import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandId, IdempotencyKey } from '../../schemas/http/headers.ts';
import { ManyDecisions, ManyProposals, MOST_ITEMS } from '../../schemas/http/proposals.ts';
import { decisionPieces, pieceId, proposalPieces } from './pieces.ts';

const item = (n: number, more: object = {}) => ({ stream: `registration-${n}`, taskId: 'decide-1', ...more });
const decided = (body: object) => decisionPieces(ManyDecisions.parse(body)).map(({ said }) => said);

describe('the commands of a list', () => {
  it('say what is said of all', () => {
    expect(decided({ decision: 'APPROVE', note: 'đã xem', items: [item(1), item(2)] })).toEqual([
      { taskId: 'decide-1', decision: 'APPROVE', reasons: [], note: 'đã xem' },
      { taskId: 'decide-1', decision: 'APPROVE', reasons: [], note: 'đã xem' },
    ]);
  });

  it('say what an item says of itself, and then nothing of the reasons for all', () => {
    const one = item(1, { decision: 'REFUSE', reasons: ['NAME_MISMATCH'] });
    const same = item(2, { decision: 'SEND_BACK', note: 'riêng' });
    const body = {
      decision: 'SEND_BACK',
      reasons: ['NOT_ELIGIBLE'],
      note: 'chung',
      items: [one, same, item(3)],
    };
    expect(decided(body)).toEqual([
      { taskId: 'decide-1', decision: 'REFUSE', reasons: ['NAME_MISMATCH'] },
      { taskId: 'decide-1', decision: 'SEND_BACK', reasons: ['NOT_ELIGIBLE'], note: 'riêng' },
      { taskId: 'decide-1', decision: 'SEND_BACK', reasons: ['NOT_ELIGIBLE'], note: 'chung' },
    ]);
  });

  it('carry the version that was seen, where one was', () => {
    const pieces = proposalPieces(
      'DS-01',
      ManyProposals.parse({ items: [item(1, { ifVersion: 7 }), item(2)] }),
    );
    expect(pieces.map(({ ifVersion }) => ifVersion)).toEqual([7, undefined]);
    expect(pieces[0]?.said).toEqual({ taskId: 'decide-1', list: 'DS-01' });
  });

  it('are of requests only, each task once, and not too many', () => {
    const sent = (items: object[]) => ManyDecisions.safeParse({ decision: 'APPROVE', items }).success;
    expect(sent([item(1), item(1, { taskId: 'decide-2' })])).toBe(true);
    expect(sent([])).toBe(false);
    expect(sent([item(1), item(1)])).toBe(false);
    expect(sent([item(1, { stream: 'account-1' })])).toBe(false);
    const many = (count: number) => Array.from({ length: count }, (_, n) => item(n));
    expect([sent(many(MOST_ITEMS)), sent(many(MOST_ITEMS + 1))]).toEqual([true, false]);
  });
});

describe('the id of an item', () => {
  const key = fc.stringMatching(/^[A-Za-z0-9_-]{8,64}$/);
  const id = fc.stringMatching(/^[A-Za-z0-9-]{1,60}$/);

  it('is the same each time, nobody’s key, and fits where ids stand', () => {
    fc.assert(
      fc.property(key, id, id, (k, name, taskId) => {
        const one = pieceId(k, { stream: `registration-${name}`, taskId });
        expect(one).toBe(pieceId(k, { stream: `registration-${name}`, taskId }));
        expect(IdempotencyKey.safeParse(one).success).toBe(false);
        expect(CommandId.safeParse(one).success).toBe(true);
        expect(one.length).toBeLessThanOrEqual(120);
      }),
      { seed: 692_024, numRuns: 300 },
    );
  });

  it('differs with the key, the case and the task', () => {
    const ids = ['key-aaaa', 'key-bbbb'].flatMap((k) =>
      ['registration-1', 'registration-11'].flatMap((stream) =>
        ['1', 'decide-1'].map((taskId) => pieceId(k, { stream, taskId })),
      ),
    );
    expect(new Set(ids).size).toBe(8);
  });
});
