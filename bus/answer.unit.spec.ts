import { describe, expect, it } from 'vitest';
import { judgeAnswer } from './answer.ts';

const notFound = {
  schema: 'registry-answer/1',
  id: 'registration-1.POPULATION.2:POPULATION',
  queryId: 'registration-1.POPULATION.2',
  registry: 'POPULATION',
  reference: 'C06-1',
  answeredAt: '2025-04-02T01:00:00.000Z',
  outcome: 'NOT_FOUND',
};
const bytes = (body: unknown) => new TextEncoder().encode(JSON.stringify(body));

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
    expect(judgeAnswer('answers.TAX', bytes(body)).kind).toBe('MALFORMED');
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
