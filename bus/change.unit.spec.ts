import { describe, expect, it } from 'vitest';
import { judgeChange } from './change.ts';
import { encodeMessage } from './envelope.ts';

const NOW = Date.parse('2025-04-02T01:00:00.000Z');
const change = {
  schema: 'registry-change/1',
  id: 'change-1',
  registry: 'BUSINESS',
  reference: 'GCN-1',
  changedAt: '2025-04-02T01:00:00.000Z',
  subject: { code: '0100000001' },
  values: { address: 'Số 2 đường Ví Dụ' },
};
const judge = (data: object, subject = 'changes.BUSINESS', envelope: object = {}) => {
  const sending = { id: 'change-1', source: '/registries/BUSINESS', time: change.changedAt };
  const message: object = JSON.parse(encodeMessage(sending, { schema: 'registry-change/1', ...data }));
  return judgeChange(subject, new TextEncoder().encode(JSON.stringify({ ...message, ...envelope })), NOW);
};

describe('a message on changes.*', () => {
  it('is a change with its defaults when it has the shape, whatever else it carries', () => {
    expect(judge({ ...change, addedLater: 1 })).toMatchObject({
      kind: 'CHANGE',
      change: { ...change, revision: 0 },
    });
  });

  it('is none without its envelope, in one of a later version, or of another kind', () => {
    const of = (envelope: object) => judge(change, 'changes.BUSINESS', envelope);
    expect(of({ type: 'orgeid.registry.change.v2' })).toMatchObject({
      kind: 'MALFORMED',
      changeId: 'change-1',
      detail: 'type: unknown version',
    });
    expect(of({ type: 'orgeid.registry.answer.v1' })).toMatchObject({ detail: 'type: not expected here' });
    expect(of({ specversion: '2.0' })).toMatchObject({
      kind: 'MALFORMED',
      detail: 'specversion: invalid_value',
    });
    expect(of({ data: undefined }).kind).toBe('MALFORMED');
  });

  it('is not when a text holds NUL or half a surrogate pair, and is when it names them in letters', () => {
    const of = (address: string) => judge({ ...change, values: { address } }).kind;
    expect(of('a\u0000b')).toBe('MALFORMED');
    expect(of('a\ud800b')).toBe('MALFORMED');
    expect(of('a\\u0000b')).toBe('CHANGE');
  });

  it('is refused when its time is local time written as UTC, and not for a clock that is a little ahead', () => {
    const at = (changedAt: string) => judge({ ...change, changedAt }).kind;
    expect(at('2025-04-02T08:00:00.000Z')).toBe('MALFORMED');
    expect(at('2025-04-02T01:05:00.000Z')).toBe('CHANGE');
  });

  it('keeps its id and registry for the journal when it cannot be taken, but none of its values', () => {
    const judged = judge({ ...change, values: { address: 7, name_vi: 'Ví Dụ' } });
    expect(judged).toMatchObject({ kind: 'MALFORMED', registry: 'BUSINESS', changeId: 'change-1' });
    expect(JSON.stringify(judged)).not.toContain('Ví Dụ');
  });

  it('is misaddressed on another registry’s subject', () => {
    expect(judge(change, 'changes.TAX')).toMatchObject({ kind: 'MISADDRESSED', registry: 'TAX' });
    expect(judge(change, 'changes.NOBODY')).toMatchObject({ kind: 'MISADDRESSED' });
  });
});
