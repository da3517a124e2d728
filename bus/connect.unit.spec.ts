import { expect, it } from 'vitest';
import { isAtLeast } from './connect.ts';

it.each([
  ['2.12.1', true],
  ['2.12.10', true],
  ['2.14.5', true],
  ['3.0.0', true],
  ['2.12.1-RC.1', true],
  ['2.12.0', false],
  ['2.9.25', false],
  ['1.99.99', false],
])('takes server %s as new enough: %s', (version, enough) => {
  expect(isAtLeast(version, '2.12.1')).toBe(enough);
});
