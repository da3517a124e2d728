import { expect, it } from 'vitest';
import { viewAge } from './age.ts';

const at = '2025-03-10T02:00:00.000Z';
const head = { schema: 'account-status-head/1', position: 7, at } as const;
const later = (ms: number) => Date.parse(at) + ms;

it('is behind before any head was seen, however fast', () => {
  expect(viewAge(undefined, later(0), 10_000)).toEqual({
    ageMs: undefined,
    position: undefined,
    behind: true,
  });
});

it.each([
  [0, false],
  [10_000, false],
  [10_001, true],
])('after %d ms with a limit of 10 s it is behind: %s', (ms, behind) => {
  expect(viewAge(head, later(ms), 10_000)).toEqual({ ageMs: ms, position: 7, behind });
});

it('is never younger than now when the clocks disagree', () => {
  expect(viewAge(head, later(-3_000), 10_000)).toMatchObject({ ageMs: 0, behind: false });
});
