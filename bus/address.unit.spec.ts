import { expect, test } from 'vitest';
import { natsAddress } from './address.ts';

test('one address names one server and nobody', () => {
  expect(natsAddress('nats://127.0.0.1:4222')).toEqual({ servers: ['127.0.0.1:4222'] });
});

test('a list names every server, with the default port where none is given', () => {
  expect(natsAddress('nats://a:1,b,nats://c:3').servers).toEqual(['a:1', 'b:4222', 'c:3']);
});

test('the first user named is the one to connect as, decoded', () => {
  expect(natsAddress('nats://orgeid:p%40ss@a:1,b:2')).toEqual({
    servers: ['a:1', 'b:2'],
    user: 'orgeid',
    pass: 'p@ss',
  });
});
