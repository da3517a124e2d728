import { describe, expect, it } from 'vitest';
import { judgeAnswer } from './answer.ts';
import { encodeMessage } from './envelope.ts';

const notFound = {
  schema: 'registry-answer/1',
  id: 'registration-1.POPULATION.2:POPULATION',
  queryId: 'registration-1.POPULATION.2',
  registry: 'POPULATION',
  reference: 'C06-1',
  answeredAt: '2025-04-02T01:00:00.000Z',
  outcome: 'NOT_FOUND',
};
const raw = (body: unknown) => new TextEncoder().encode(JSON.stringify(body));
/** Some data in the envelope of an answer, or of what its `schema` says. */
const bytes = (data: object, envelope: object = {}) => {
  const sending = { id: 'm-1', source: '/registries/POPULATION', time: notFound.answeredAt };
  const message: object = JSON.parse(encodeMessage(sending, { schema: 'registry-answer/1', ...data }));
  return raw({ ...message, ...envelope });
};

describe('judging an answer', () => {
  it('takes "not found" from the registry that was asked', () => {
    expect(judgeAnswer('answers.POPULATION', bytes(notFound))).toMatchObject({
      kind: 'ANSWER',
      party: 'POPULATION',
      questionId: notFound.queryId,
      answerId: notFound.id,
      answer: { outcome: 'NOT_FOUND' },
    });
  });

  it('names the question of a malformed answer, and its faults without their values', () => {
    const judged = judgeAnswer(
      'answers.POPULATION',
      bytes({ ...notFound, outcome: 'FOUND', status: '012345678901' }),
    );
    expect(judged).toMatchObject({ kind: 'MALFORMED', questionId: notFound.queryId, answerId: notFound.id });
    expect(JSON.stringify(judged)).toContain('status');
    expect(JSON.stringify(judged)).not.toContain('012345678901');
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(judgeAnswer('answers.TAX', Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({
      kind: 'MALFORMED',
      party: 'TAX',
      detail: 'not JSON',
    });
  });

  it.each([null, 1, 'text', [], {}])('refuses %j, which is JSON and no answer', (body) => {
    expect(judgeAnswer('answers.TAX', raw(body)).kind).toBe('MALFORMED');
  });

  it.each([
    ['no envelope', raw(notFound), /specversion/],
    ['another version of CloudEvents', bytes(notFound, { specversion: '0.3' }), /^specversion: /],
    [
      'a later version of the message',
      bytes(notFound, { type: 'orgeid.registry.answer.v2' }),
      /^type: unknown version$/,
    ],
    [
      'a message of another kind',
      bytes(notFound, { type: 'orgeid.registry.change.v1' }),
      /^type: not expected here$/,
    ],
    ['data that is no JSON', bytes(notFound, { datacontenttype: 'text/xml' }), /^datacontenttype: /],
    ['no id', bytes(notFound, { id: '' }), /^id: /],
    ['no data', bytes(notFound, { data: undefined }), /^data: /],
  ])('refuses a message with %s, and says why', (_, message, why) => {
    const judged = judgeAnswer('answers.POPULATION', message);
    expect(judged).toMatchObject({
      kind: 'MALFORMED',
      party: 'POPULATION',
      detail: expect.stringMatching(why),
    });
  });

  it('ignores attributes and fields that it does not know, and takes an envelope with no more than it needs', () => {
    const extended = bytes({ ...notFound, addedLater: 1 }, { traceparent: '00-1', dataref: null });
    expect(judgeAnswer('answers.POPULATION', extended)).toMatchObject({ kind: 'ANSWER', answer: notFound });
    const least = {
      specversion: '1.0',
      id: 'm',
      source: 's',
      type: 'orgeid.registry.answer.v1',
      data: notFound,
    };
    expect(judgeAnswer('answers.POPULATION', raw(least)).kind).toBe('ANSWER');
  });

  it('tells a refusal from "not found", and takes no reason for it that nobody knows', () => {
    const refusal = { ...notFound, outcome: 'REFUSED', reason: 'LEGAL_HOLD' };
    expect(judgeAnswer('answers.POPULATION', bytes(refusal))).toMatchObject({
      kind: 'ANSWER',
      answer: { outcome: 'REFUSED', reason: 'LEGAL_HOLD' },
    });
    expect(judgeAnswer('answers.POPULATION', bytes({ ...refusal, reason: 'MOOD' }))).toMatchObject({
      kind: 'MALFORMED',
      detail: 'data.reason: invalid_value',
    });
  });

  it('refuses texts that no journal could hold, and does not name an answer by one', () => {
    const judged = judgeAnswer('answers.POPULATION', bytes({ ...notFound, id: 'a\u0000b' }));
    expect(judged).toMatchObject({ kind: 'MALFORMED', questionId: notFound.queryId });
    expect(judged.answerId).toBeUndefined();
  });

  it('does not take a registry answer to a notice', () => {
    const judged = judgeAnswer('answers.POPULATION', bytes({ ...notFound, queryId: 'account-1.notice-1.1' }));
    expect(judged.kind).toBe('MISADDRESSED');
  });

  it('does not take a receipt for a question that was put to a registry', () => {
    const receipt = {
      schema: 'notice-receipt/1',
      id: 'r',
      orderId: 'registration-1.TAX.1',
      channel: 'SMS',
      reference: 'r',
      at: notFound.answeredAt,
      outcome: 'DELIVERED',
    };
    expect(judgeAnswer('answers.SMS', bytes(receipt)).kind).toBe('MISADDRESSED');
  });
});
