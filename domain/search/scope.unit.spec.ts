import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import { mayRead } from '../access/permission.ts';
import { reachOf } from '../access/reach.ts';
import { relationOf } from '../access/relation.ts';
import { access, anybody, type Sample, samplesOf } from '../access/samples.spec.ts';
import { projections } from '../projections.ts';
import { must } from '../testing/invariants.ts';
import { pc06, people } from '../testing/people.ts';
import { choices } from '../testing/random.ts';
import { marksOf, type SearchScope, scopeOf } from './scope.ts';
import { aboveMark, personMark, searchTerms, unitMark } from './terms.ts';

const types: readonly CaseType[] = ['registration', 'account', 'lock-order'];

const termsOf = ({ caseType, state }: Sample): ReadonlySet<string> =>
  new Set(searchTerms(caseType, state.stream, state, projections[caseType].view(state)).terms);

const admits = (scope: SearchScope, caseType: CaseType, terms: ReadonlySet<string>): boolean => {
  const reach = scope[caseType];
  return reach === 'ALL' || marksOf(reach).some((mark) => terms.has(mark));
};

/** Every state of walks from fixed seeds, looked at by some people of any kind. */
function everywhere(numRuns: number, look: (s: Sample, terms: ReadonlySet<string>, actor: Actor) => void) {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const c = choices(seed);
      for (const sample of samplesOf(seed)) {
        if (sample.state.status === 'NONE') continue;
        const terms = termsOf(sample);
        for (let i = 0; i < 6; i += 1) look(sample, terms, anybody(c));
      }
    }),
    { seed: 692_024, numRuns },
  );
}

describe('the marks of a case', () => {
  it('say of every person and unit just what the relation says', { timeout: 120_000 }, () => {
    const seen = { UNIT: 0, SUPERIOR: 0, onlySuperior: 0, named: 0 };
    everywhere(80, (sample, terms, { id, unit, roles }) => {
      const { caseType, state } = sample;
      // Whoever audits or is a system stands to a case in no other way, and has no other reach.
      if (roles.includes('AUDITOR') || roles.includes('SERVICE')) return;
      const relations = relationOf(
        { id, name: id, roles, ...(unit ? { unit } : {}) },
        caseType,
        state,
        access,
      );
      const named = (['REGISTRANT', 'REPRESENTATIVE', 'AUTHORITY'] as const).some((r) => relations.has(r));
      must(terms.has(personMark(id)) === named, `${id} is marked or named, not both`);
      if (named) seen.named += 1;
      if (unit === undefined) return;
      must(terms.has(unitMark(unit)) === relations.has('UNIT'), `${unit} is marked as a unit of its own`);
      must(terms.has(aboveMark(unit)) === relations.has('SUPERIOR'), `${unit} is marked as one above`);
      if (relations.has('UNIT')) seen.UNIT += 1;
      if (relations.has('SUPERIOR')) seen.SUPERIOR += 1;
      if (relations.has('SUPERIOR') && !relations.has('UNIT')) seen.onlySuperior += 1;
    });
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });
});

describe('the scope of a search', () => {
  it('is the reach of each type', () => {
    for (const actor of Object.values(people)) {
      const scope = scopeOf(actor, access);
      for (const type of types) expect(scope[type]).toEqual(reachOf(actor, type, access));
    }
  });

  it('admits nothing that may not be read, and all that may but what is only in the inbox', {
    timeout: 120_000,
  }, () => {
    const seen = { admitted: 0, hidden: 0, inboxOnly: 0 };
    const admitted: Record<CaseType, number> = {
      registration: 0,
      account: 0,
      'lock-order': 0,
      verification: 0,
    };
    everywhere(120, (sample, terms, actor) => {
      const { caseType, state } = sample;
      const finds = admits(scopeOf(actor, access), caseType, terms);
      const reads = mayRead(actor, caseType, state, access);
      const who = `${actor.id} with ${actor.roles.join('+')} at ${actor.unit ?? 'no unit'}`;
      if (finds) must(reads, `${who} finds a ${caseType} and may not read it`);
      if (reads && !finds) {
        const relations = relationOf(actor, caseType, state, access);
        const inbox = relations.has('TASK_HOLDER') || relations.has('CALL_CENTRE');
        must(inbox, `${who} may read a ${caseType} and does not find it`);
        seen.inboxOnly += 1;
      }
      if (finds) admitted[caseType] += 1;
      seen[finds ? 'admitted' : 'hidden'] += 1;
    });
    for (const count of Object.values(admitted)) expect(count).toBeGreaterThan(300);
    expect(seen.hidden).toBeGreaterThan(1000);
    expect(seen.inboxOnly).toBeGreaterThan(10);
  });

  it('keeps from an officer above what only a head above may follow', { timeout: 60_000 }, () => {
    const [unit = ''] = pc06;
    const desk = scopeOf(people.deskOfPc06, access);
    const head = scopeOf(people.headOfPc06, access);
    let kept = 0;
    everywhere(60, ({ caseType }, terms) => {
      if (!terms.has(aboveMark(unit)) || terms.has(unitMark(unit))) return;
      must(!admits(desk, caseType, terms), `the desk above finds a ${caseType}`);
      must(admits(head, caseType, terms), `the head above does not find a ${caseType}`);
      kept += 1;
    });
    expect(kept).toBeGreaterThan(100);
  });
});
