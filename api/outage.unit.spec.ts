import { ServiceError } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../domain/error.ts';
import { isOutage } from './outage.ts';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('what passes and what does not', () => {
  it.each([
    ['08006', 'a connection that broke'],
    ['57P01', 'a server that is shut down'],
    ['57P03', 'a server that starts'],
    ['57014', 'a statement that took too long'],
    ['55P03', 'a lock that was not had in time'],
    ['53300', 'too many connections'],
    ['53100', 'a full disk'],
    ['25006', 'a server that is only a copy after a failover'],
    ['40001', 'a serialization failure'],
    ['40P01', 'a deadlock'],
    ['ECONNREFUSED', 'nobody listening'],
    ['ECONNRESET', 'a reset'],
    ['ENETUNREACH', 'no network'],
  ])('%s, %s, is an outage', (code) => {
    expect(isOutage(coded(code))).toBe(true);
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Query read timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Cannot use a pool after calling end on the pool',
  ])('“%s” is an outage, though the driver gives it no code', (message) => {
    expect(isOutage(new Error(message))).toBe(true);
  });

  it('Temporal that does not answer is an outage, in either form of its errors', () => {
    expect(isOutage(new ServiceError('down'))).toBe(true);
    expect(
      isOutage(Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: '', metadata: {} })),
    ).toBe(true);
  });

  it('several addresses that were all tried in vain are one outage', () => {
    expect(isOutage(new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]))).toBe(true);
  });

  it.each(['23505', '23514', '22P02', '42P01', '42703', '28P01', '3D000'])(
    '%s, which trying again does not mend, is none',
    (code) => {
      expect(isOutage(coded(code))).toBe(false);
    },
  );

  it('a refusal, a mistake of the code and what is no error are none', () => {
    expect(isOutage(new DomainError('EID_ERR_FORBIDDEN'))).toBe(false);
    expect(isOutage(new TypeError('x is not a function'))).toBe(false);
    expect(isOutage('ECONNREFUSED')).toBe(false);
    expect(isOutage(undefined)).toBe(false);
  });
});
