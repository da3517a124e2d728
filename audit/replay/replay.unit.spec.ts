import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projections } from '../../domain/projections.ts';
import { CaseType } from '../../schemas/case.ts';
import { randomCase } from '../testing/histories.spec.ts';
import { applied, type Difference, differences } from './differences.ts';
import { stateAt } from './stateAt.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const someCase = fc
  .record({
    caseType: fc.constantFrom(...CaseType.options),
    seed: seeds,
    length: fc.integer({ min: 2, max: 30 }),
  })
  .map(({ caseType, seed, length }) => ({ caseType, ...randomCase(caseType, seed, length) }))
  .filter(({ events }) => events.length > 0);

describe('the state of a case at a version', () => {
  it('is the fold of the events up to it, one after another', () => {
    fc.assert(
      fc.property(someCase, ({ caseType, stream, events }) => {
        let state = projections[caseType].initial(stream);
        for (const [i, { type, data, at, by }] of events.entries()) {
          state = projections[caseType].evolve(state, { type, data, at, by });
          expect(stateAt(caseType, stream, events.slice(0, i + 1))).toEqual(
            JSON.parse(JSON.stringify(state)),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what changed between two states', () => {
  it('applied to the first makes the second, forwards and backwards, and nothing between equals', () => {
    fc.assert(
      fc.property(someCase, fc.nat(), fc.nat(), ({ caseType, stream, events }, one, other) => {
        const [a, b] = [one, other].map((n) =>
          stateAt(caseType, stream, events.slice(0, n % (events.length + 1))),
        );
        expect(applied(a, differences(a, b))).toEqual(b);
        expect(applied(b, differences(b, a))).toEqual(a);
        expect(differences(a, a)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('applied to the first makes the second, for any two JSON values', () => {
    const value = fc.jsonValue({ maxDepth: 4 }).map((json) => JSON.parse(JSON.stringify(json)) as unknown);
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(applied(a, differences(a, b))).toEqual(b);
      }),
      { numRuns: 2000 },
    );
  });

  it('names the place and what stood there, and leaves alone what did not change', () => {
    const from = { status: 'DRAFT', tasks: [{ id: 'a' }, { id: 'b', status: 'OPEN' }], 'a/b': 1 };
    const to = { status: 'SUBMITTED', tasks: [{ id: 'a' }, { id: 'b', status: 'CLAIMED' }, { id: 'c' }] };
    const expected: Difference[] = [
      { op: 'remove', path: '/a~1b', before: 1 },
      { op: 'replace', path: '/status', value: 'SUBMITTED', before: 'DRAFT' },
      { op: 'replace', path: '/tasks/1/status', value: 'CLAIMED', before: 'OPEN' },
      { op: 'add', path: '/tasks/2', value: { id: 'c' } },
    ];
    expect(differences(from, to)).toEqual(expected);
  });
});
