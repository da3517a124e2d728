import { describe, expect, it } from 'vitest';
import type { Actor } from '../../schemas/actor.ts';
import { must } from '../testing/invariants.ts';
import { commune, officer, pc06, people } from '../testing/people.ts';
import { choices } from '../testing/random.ts';
import { mayRead } from './permission.ts';
import { reachOf } from './reach.ts';
import { relationOf } from './relation.ts';
import { access, anybody, type Sample, samplesOf } from './samples.spec.ts';

function everywhere(look: (sample: Sample, actor: Actor) => void): void {
  for (let seed = 1; seed <= 60; seed += 1) {
    const c = choices(seed);
    for (const sample of samplesOf(seed)) {
      if (sample.state.status === 'NONE') continue;
      for (let i = 0; i < 6; i += 1) look(sample, anybody(c));
    }
  }
}

describe('what a caller may be shown unasked', () => {
  it('is everything for C06 and auditors, accounts for the call centre, nothing for another system', () => {
    for (const type of ['registration', 'account', 'lock-order'] as const) {
      expect(reachOf(people.director, type, access)).toBe('ALL');
      expect(reachOf({ ...people.stranger, roles: ['AUDITOR'] }, type, access)).toBe('ALL');
      expect(reachOf({ ...people.director, roles: ['C06_DIRECTOR', 'SERVICE'] }, type, access)).toEqual({});
      expect(reachOf(people.callCentre, type, access)).toEqual(type === 'account' ? 'ALL' : {});
    }
  });
  it('is their unit’s for officers, with the units below for a head, and their own for people', () => {
    expect(reachOf(people.deskOfPc06, 'registration', access)).toEqual({ unit: pc06[0] });
    expect(reachOf(people.headOfPc06, 'registration', access)).toEqual({ unit: pc06[0], below: pc06[0] });
    expect(reachOf(people.head, 'account', access)).toEqual({ unit: commune[0] });
    expect(reachOf(people.binh, 'registration', access)).toEqual({ person: people.binh.id });
    expect(reachOf(people.authority, 'lock-order', access)).toEqual({ person: people.authority.id });
    expect(reachOf(people.authority, 'registration', access)).toEqual({});
    expect(reachOf(officer('x', pc06, 'C06_OFFICER'), 'registration', access)).toEqual({});
  });

  it('is never a case of the unit or named after the caller that may not be read, and all others that may', () => {
    let shown = 0;
    everywhere(({ caseType, state }, actor) => {
      const reach = reachOf(actor, caseType, access);
      const relations = relationOf(actor, caseType, state, access);
      const named = (['REGISTRANT', 'REPRESENTATIVE', 'AUTHORITY'] as const).some((one) =>
        relations.has(one),
      );
      const within =
        reach === 'ALL' ||
        (reach.unit !== undefined && relations.has('UNIT')) ||
        (reach.below !== undefined && relations.has('SUPERIOR')) ||
        (reach.person !== undefined && named);
      const elsewhere = relations.has('TASK_HOLDER') || relations.has('CALL_CENTRE');
      const reads = mayRead(actor, caseType, state, access);
      if (within) must(reads, `${actor.id} is shown a ${caseType} and may not read it`);
      if (reads && !elsewhere) must(within, `${actor.id} may read a ${caseType} and is not shown it`);
      if (within) shown += 1;
    });
    expect(shown).toBeGreaterThan(1000);
  });
});
