import { expect, it } from 'vitest';
import { judgeAck } from './acks.ts';

const ack = {
  schema: 'status-acknowledgement/1',
  id: '10000000001/1',
  service: 'TAX-PORTAL',
  number: '10000000001',
  seq: 1,
  at: '2025-03-10T02:00:00.000Z',
};
const bytes = (body: unknown) => new TextEncoder().encode(JSON.stringify(body));

it('takes an acknowledgement from the service that it names, and ignores fields that it does not know', () => {
  expect(judgeAck('acks.TAX-PORTAL', bytes({ ...ack, later: 1 }))).toEqual({ kind: 'ACK', ack });
});

it('does not take one service’s word from another', () => {
  expect(judgeAck('acks.BANK', bytes(ack))).toMatchObject({ kind: 'MISADDRESSED' });
});

it.each([
  ['a lock without a number of times', { ...ack, seq: 0 }],
  ['another schema', { ...ack, schema: 'status-acknowledgement/2' }],
  ['no time', { ...ack, at: 'now' }],
  ['a service that no subject can name', { ...ack, service: 'a.b' }],
  ['a list', [ack]],
])('is malformed: %s', (_, body) => {
  expect(judgeAck('acks.TAX-PORTAL', bytes(body))).toMatchObject({ kind: 'MALFORMED' });
});

it('is malformed when it is not JSON, and says so without its content', () => {
  const data = new TextEncoder().encode('{"number":"10000000001"');
  expect(judgeAck('acks.TAX-PORTAL', data)).toEqual({ kind: 'MALFORMED', detail: 'not JSON' });
});
