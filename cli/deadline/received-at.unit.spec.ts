import { describe, expect, it } from 'vitest';
import { parseReceivedAt } from './received-at.ts';

describe('parseReceivedAt', () => {
  it.each([
    ['2025-01-24T16:00', '2025-01-24T09:00:00.000Z'],
    ['2025-01-24 16:00', '2025-01-24T09:00:00.000Z'],
    ['2025-01-24T16:00:05.25', '2025-01-24T09:00:05.250Z'],
    ['2025-01-24', '2025-01-23T17:00:00.000Z'],
    [' 2025-01-24T16:00 ', '2025-01-24T09:00:00.000Z'],
    ['2025-01-24T16:00Z', '2025-01-24T16:00:00.000Z'],
    ['2025-01-24T16:00+07:00', '2025-01-24T09:00:00.000Z'],
    ['2025-01-24T16:00-0330', '2025-01-24T19:30:00.000Z'],
  ])('reads %j as %s', (text, instant) => {
    expect(new Date(parseReceivedAt(text, 420) ?? Number.NaN).toISOString()).toBe(instant);
  });

  it.each([
    '',
    'now',
    '2025-02-30',
    '2025-01-24T24:00',
    '2025-01-24T16:60',
    '24/01/2025',
    '2025-01-24T16',
    '1737734400',
  ])('does not guess at %j', (text) => {
    expect(parseReceivedAt(text, 420)).toBeUndefined();
  });
});
