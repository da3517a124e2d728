import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandTypes } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import { CaseType } from '../../schemas/case.ts';
import { fits, supervises } from '../task/access.ts';
import { isOpen } from '../task/find.ts';
import { must } from '../testing/invariants.ts';
import { people } from '../testing/people.ts';
import { choices } from '../testing/random.ts';
import { openActions, probesFor, tryProbe } from './open-actions.ts';
import { granted, mayCommand, mayRead } from './permission.ts';
import { relationOf } from './relation.ts';
import { access, anybody, type Sample, samplesOf, table } from './samples.spec.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

const walks = new Map<number, readonly Sample[]>();
const samples = (seed: number): readonly Sample[] => {
  const found = walks.get(seed) ?? samplesOf(seed);
  walks.set(seed, found);
  return found;
};

/** Walks from fixed seeds, each state of which is looked at with a few people of any kind. */
function everywhere(numRuns: number, look: (sample: Sample, actor: Actor) => void, actorsEach = 4): void {
  fc.assert(
    fc.property(seeds, (seed) => {
      const c = choices(seed);
      for (const sample of samples(seed)) {
        for (let i = 0; i < actorsEach; i += 1) look(sample, anybody(c));
      }
    }),
    { seed: 692_024, numRuns },
  );
}

/** Said without the code under test: whether a case's state names a person or a unit at all. */
const mentions = ({ state }: Sample, { id, unit }: Actor): boolean => {
  const text = JSON.stringify(state);
  return text.includes(`"${id}"`) || (unit !== undefined && text.includes(`"${unit}"`));
};

describe('permission, for random people, units, roles and cases', () => {
  it('is nothing at all for whoever a case does not concern', { timeout: 120_000 }, () => {
    let unconcerned = 0;
    everywhere(150, (sample, actor) => {
      const { caseType, state } = sample;
      if (state.status === 'NONE' || !relationOf(actor, caseType, state, access).has('NONE')) return;
      unconcerned += 1;
      must(granted(actor, caseType, state, access).size === 0, `${actor.id} is granted something`);
      must(!mayRead(actor, caseType, state, access), `${actor.id} reads`);
      const { now, policy } = sample;
      must(openActions(actor, caseType, state, now, policy, table).length === 0, `${actor.id} acts`);
    });
    expect(unconcerned).toBeGreaterThan(1000);
  });

  it('concerns nobody whom the case does not name, by person or by unit, but C06, the call centre and auditors', {
    timeout: 120_000,
  }, () => {
    const open = new Set(['C06', 'CALL_CENTRE', 'AUDITOR', 'OPENER', 'NONE']);
    let strangers = 0;
    everywhere(150, (sample, actor) => {
      if (mentions(sample, actor)) return;
      strangers += 1;
      const relations = relationOf(actor, sample.caseType, sample.state, access);
      for (const relation of relations) must(open.has(relation), `${actor.id} stands as ${relation}`);
    });
    expect(strangers).toBeGreaterThan(1000);
  });

  it('lets nobody read whose office has no part in the case', { timeout: 120_000 }, () => {
    everywhere(150, ({ caseType, state }, actor) => {
      if (!mayRead(actor, caseType, state, access)) return;
      const { id, roles, unit } = actor;
      if (roles.includes('AUDITOR')) return;
      const isPolice =
        unit !== undefined && roles.some((role) => /OFFICER|HEAD|DIRECTOR|CALL_CENTRE/.test(role));
      const named = JSON.stringify(state).includes(`"${id}"`);
      must(isPolice || named, `${id} reads with ${roles.join('+')} at ${unit ?? 'no unit'}`);
    });
  });

  it('gives an auditor every case and no command, and another system nothing, whatever else they are', {
    timeout: 120_000,
  }, () => {
    everywhere(100, ({ caseType, state, now, policy }, actor) => {
      const auditor: Actor = { ...actor, roles: [...actor.roles.filter((r) => r !== 'SERVICE'), 'AUDITOR'] };
      const service: Actor = { ...actor, roles: [...actor.roles, 'SERVICE'] };
      must(
        mayRead(auditor, caseType, state, access) === (state.status !== 'NONE'),
        'the auditor does not read',
      );
      must(!mayRead(service, caseType, state, access), 'a service reads');
      for (const type of commandTypes[caseType]) {
        must(!mayCommand(auditor, caseType, state, type, access), `the auditor may ${type}`);
        must(!mayCommand(service, caseType, state, type, access), `a service may ${type}`);
      }
      for (const one of [auditor, service])
        must(openActions(one, caseType, state, now, policy, table).length === 0, 'has something open');
    });
  });

  it('gives nobody but the system what only the system says', { timeout: 120_000 }, () => {
    const bothSay = new Set<string>(['OpenVerification', 'WithdrawVerification']);
    const ofSystem = new Set(
      table.rows
        .filter((row) => row.as.includes('SYSTEM'))
        .flatMap((row) => row.may.filter((m) => !/^[A-Z_]+$/.test(m) && !bothSay.has(m))),
    );
    everywhere(60, ({ caseType, state }, actor) => {
      for (const grant of granted(actor, caseType, state, access))
        must(!ofSystem.has(grant as never), `${actor.id} may ${grant}`);
    });
    expect(ofSystem.size).toBeGreaterThan(15);
  });

  it('lets whoever may claim, holds or answers for a task read its case', { timeout: 120_000 }, () => {
    let claimed = 0;
    everywhere(
      150,
      ({ caseType, state }, actor) => {
        if (actor.roles.includes('AUDITOR') || actor.roles.includes('SERVICE')) return;
        // The Director's role counts in C06 alone, which a task cannot know: its people are heads wherever they are.
        if (actor.roles.includes('C06_DIRECTOR') && actor.unit !== access.c06Unit) return;
        for (const task of state.tasks.filter(isOpen)) {
          if (!fits(task, actor) && !supervises(task, actor)) continue;
          claimed += 1;
          must(mayRead(actor, caseType, state, access), `${actor.id} may work on ${task.id} and not read`);
        }
      },
      12,
    );
    expect(claimed).toBeGreaterThan(500);
  });

  it('lets whoever does something with a case read it', { timeout: 120_000 }, () => {
    everywhere(
      100,
      ({ caseType, state, now, policy }, actor) => {
        if (state.status === 'NONE' || openActions(actor, caseType, state, now, policy, table).length === 0)
          return;
        must(mayRead(actor, caseType, state, access), `${actor.id} acts on a case and may not read it`);
      },
      8,
    );
  });
});

describe('what is open to a caller', () => {
  it('is exactly what the table grants and the case takes', { timeout: 120_000 }, () => {
    const seen = { open: 0, barred: 0, undecided: 0 };
    everywhere(
      80,
      ({ caseType, state, now, policy }, actor) => {
        const listed = openActions(actor, caseType, state, now, policy, table);
        const keys = listed.map(({ type, taskId }) => `${type} ${taskId ?? ''}`);
        must(new Set(keys).size === keys.length, 'an action is listed twice');
        const expected = new Set<string>();
        for (const probe of probesFor(caseType, { actor, state, now })) {
          const taken = tryProbe(caseType, probe, state, now, policy) !== 'REFUSED';
          const may = mayCommand(actor, caseType, state, probe.command.type, access);
          if (taken && may) expected.add(`${probe.command.type} ${probe.taskId ?? ''}`);
          if (taken && !may) seen.barred += 1;
          if (!taken && may) seen.undecided += 1;
        }
        expect([...keys].sort()).toEqual([...expected].sort());
        seen.open += keys.length;
      },
      6,
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
  });

  it('leaves the case as it is and is the same when asked again', { timeout: 60_000 }, () => {
    everywhere(30, ({ caseType, state, now, policy }, actor) => {
      const before = JSON.stringify(state);
      const first = openActions(actor, caseType, state, now, policy, table);
      expect(openActions(actor, caseType, state, now, policy, table)).toEqual(first);
      expect(JSON.stringify(state)).toBe(before);
    });
  });
});

describe('the table and the deciders', () => {
  it('grants all that cases took from people in their own part', { timeout: 120_000 }, () => {
    const taken = new Set<string>();
    const barred = new Set<string>();
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const { caseType, state, taken: command } of samplesOf(seed)) {
          if (!command) continue;
          const { actor, type } = command;
          taken.add(`${caseType} ${type}`);
          if (!granted(actor, caseType, state, access).has(type))
            barred.add(`${actor.id} ${actor.roles.join('+')}: ${caseType} ${type}`);
        }
      }),
      { seed: 692_024, numRuns: 1200 },
    );
    expect([...barred].sort()).toEqual([]);
    const all = CaseType.options.flatMap((type) => commandTypes[type].map((command) => `${type} ${command}`));
    // An account's tasks are C06's, which has no unit above, and under the decree they have no limit.
    const neverTaken = ['account EscalateTask', 'account MarkTaskOverdue', 'account EscalateDueTask'];
    expect(all.filter((one) => !taken.has(one))).toEqual(neverTaken);
  });

  it('refuse together what the table alone refuses', () => {
    const owner: Actor = { ...people.registrant, roles: ['RECEPTION_OFFICER'] };
    let refused = 0;
    everywhere(
      60,
      ({ caseType, state, now, policy }) => {
        for (const probe of probesFor(caseType, { actor: owner, state, now })) {
          const { type } = probe.command;
          if (tryProbe(caseType, probe, state, now, policy) !== 'TAKEN') continue;
          if (mayCommand(owner, caseType, state, type, access)) continue;
          refused += 1;
          const listed = openActions(owner, caseType, state, now, policy, table);
          must(!listed.some((action) => action.type === type), `${type} is open against the table`);
        }
      },
      1,
    );
    expect(refused).toBeGreaterThan(50);
  });
});
