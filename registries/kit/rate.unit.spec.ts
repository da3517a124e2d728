import { expect, it } from 'vitest';
import { evenly } from './rate.ts';

it('spaces a burst evenly and lets a late call go at once', () => {
  const wait = evenly(10);
  expect([wait(0), wait(0), wait(50), wait(1_000)]).toEqual([0, 100, 150, 0]);
});

it('makes nobody wait without a rate', () => {
  const wait = evenly(undefined);
  expect([wait(0), wait(0)]).toEqual([0, 0]);
});
