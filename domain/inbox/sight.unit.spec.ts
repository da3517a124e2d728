import { describe, expect, it } from 'vitest';
import type { Task } from '../../schemas/task.ts';
import { people } from '../testing/people.ts';
import { isHeadOf, mayClaim, sees, viewsOf } from './sight.ts';

const task = (more: Partial<Task> = {}): Task => ({
  id: 'verify-1',
  kind: 'VERIFY',
  role: 'VERIFICATION_OFFICER',
  units: ['CAX-LAM-SON'],
  unitPath: ['CAX-LAM-SON', 'PC06-HUNG-YEN', 'C06'],
  status: 'OPEN',
  openedAt: '2025-03-03T02:00:00.000Z',
  overdue: false,
  responsible: [],
  version: 1,
  ...more,
});
const holder = { id: people.verifier.id, name: people.verifier.name };

describe('who finds a task in which inbox', () => {
  it('an officer whose role fits finds it with the unit, and one of another role or unit nowhere', () => {
    expect(viewsOf(task(), people.verifier)).toEqual(['unit']);
    expect(viewsOf(task(), people.desk)).toEqual([]);
    expect(viewsOf(task(), people.verifierElsewhere)).toEqual([]);
    expect(viewsOf(task(), people.registrant)).toEqual([]);
  });

  it('the head finds whatever the unit has, and heads above find it as work below them', () => {
    expect(viewsOf(task(), people.head)).toEqual(['unit']);
    expect(viewsOf(task(), people.headOfPc06)).toEqual(['below']);
    expect(viewsOf(task(), people.director)).toEqual(['below']);
    expect(viewsOf(task(), people.headElsewhere)).toEqual([]);
    expect(viewsOf(task(), people.proposer)).toEqual([]);
  });

  it('what climbed to a unit is there with the unit, and stays the work of the one below', () => {
    const climbed = task({ units: ['CAX-LAM-SON', 'PC06-HUNG-YEN'] });
    expect(viewsOf(climbed, people.headOfPc06)).toEqual(['unit', 'below']);
    expect(viewsOf(climbed, people.head)).toEqual(['unit']);
  });

  it('the holder has it as well, whatever became of role and unit, and an ended one is nowhere', () => {
    const held = task({ status: 'CLAIMED', holder });
    expect(viewsOf(held, people.verifier)).toEqual(['mine', 'unit']);
    expect(viewsOf(held, { id: holder.id, roles: ['REGISTRANT'] })).toEqual(['mine']);
    expect(viewsOf(task({ status: 'COMPLETED' }), people.verifier)).toEqual([]);
    expect(sees(task({ status: 'COMPLETED' }), people.verifier)).toBe(true);
    expect(sees(held, people.registrant)).toBe(false);
  });

  it('a head without a unit heads nothing', () => {
    expect(isHeadOf(people.head)).toBe(true);
    expect(isHeadOf({ id: 'x', roles: ['UNIT_HEAD'] })).toBe(false);
    expect(isHeadOf(people.verifier)).toBe(false);
  });
});

describe('who may claim a task', () => {
  const fourEyes: [['VERIFY', 'CONFIRM']] = [['VERIFY', 'CONFIRM']];
  const done = task({ status: 'COMPLETED', responsible: [people.verifyingHead.id] });
  const confirm = task({ id: 'confirm-1', kind: 'CONFIRM', role: 'UNIT_HEAD' });

  it('whoever fits, while nobody holds it', () => {
    expect(mayClaim(task(), [task()], people.verifier, { fourEyes })).toBe(true);
    expect(mayClaim(task(), [task()], people.headOfPc06, { fourEyes })).toBe(false);
    const held = task({ status: 'CLAIMED', holder });
    expect(mayClaim(held, [held], people.verifier, { fourEyes })).toBe(false);
  });

  it('nobody who answers for an opposed step of the case', () => {
    expect(mayClaim(confirm, [done, confirm], people.verifyingHead, { fourEyes })).toBe(false);
    expect(mayClaim(confirm, [done, confirm], people.verifyingHead, { fourEyes: [] })).toBe(true);
    expect(mayClaim(confirm, [done, confirm], people.head, { fourEyes })).toBe(true);
  });
});
