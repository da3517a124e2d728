import { describe, expect, it } from 'vitest';
import { found } from './answers.ts';
import { ask } from './commands.ts';
import { firstDifference } from './compare.ts';
import { people } from './people.ts';
import { decree } from './policy.spec.ts';
import { answerOf, requests } from './requests.ts';

const { draft, inChecks } = requests(decree);
const withdraw = ask(people.registrant, 'WithdrawRequest');

describe('given, when, then', () => {
  it('fails when an event is missing, and says which came', () => {
    expect(() => draft().when(withdraw).then([])).toThrow(/1 entries \(RequestWithdrawn\), not 0/);
  });
  it('fails when what is named of an event differs', () => {
    const expected = [{ type: 'RequestWithdrawn' as const, data: { note: 'x' } }];
    expect(() => draft().when(withdraw).then(expected)).toThrow(/it\[0\]\.data\.note is undefined, not x/);
  });
  it('fails when a command that should be refused is taken', () => {
    expect(() => draft().when(withdraw).thenRefused('EID_ERR_FORBIDDEN')).toThrow('it was taken');
  });
  it('fails when a command is refused for another reason', () => {
    const stranger = ask(people.stranger, 'WithdrawRequest');
    expect(() => draft().when(stranger).thenRefused('EID_ERR_CASE_CLOSED')).toThrow(/EID_ERR_FORBIDDEN/);
  });
  it('fails when something follows where nothing should', () => {
    const answered = inChecks().when(answerOf(found('TAX')));
    expect(() => answered.thenNothing()).toThrow('something followed');
  });
});

describe('the comparison', () => {
  it.each([
    [{ a: 1 }, { a: 1, b: 2 }, undefined],
    [{ a: undefined }, { a: 1 }, 'it.a is 1, not undefined'],
    [[1], [1, 2], 'it has 2 entries (1, 2), not 1 (1)'],
    [[{ a: [1] }], [{ a: [2] }], 'it[0].a[0] is 2, not 1'],
    [[], {}, 'it is no list'],
    [{}, undefined, 'it is undefined, not an object'],
  ])('of %j with %j says %s', (expected, actual, says) => {
    expect(firstDifference(expected, actual)).toBe(says);
  });
});
