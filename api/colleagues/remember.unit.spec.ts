import { describe, expect, it } from 'vitest';
import type { Caller } from '../../identity/caller.ts';
import type { Officer } from '../../store/officers.ts';
import { createRemembering, officerOf, REMEMBERED_MS } from './remember.ts';

const caller = (more: Partial<Caller['actor']> = {}, kind: Caller['kind'] = 'PERSON') => ({
  kind,
  actor: {
    id: 'desk',
    name: 'Trần Bích',
    roles: ['REGISTRANT', 'RECEPTION_OFFICER'] as const,
    unit: 'CAX-A',
    ...more,
  },
});
const mutable = ({ kind, actor }: ReturnType<typeof caller>) => ({
  kind,
  actor: { ...actor, roles: [...actor.roles] },
});

function remembering({ failing = false } = {}) {
  const written: Officer[] = [];
  const forgotten: string[] = [];
  const troubles: unknown[] = [];
  const clock = { at: 1_000 };
  const register = {
    async remember(officer: Officer) {
      written.push(officer);
      if (failing) throw new Error('down');
    },
    async forget(id: string) {
      forgotten.push(id);
    },
  };
  const met = createRemembering(register, {
    now: () => clock.at,
    onTrouble: (error) => troubles.push(error),
  });
  return { met, written, forgotten, troubles, clock };
}

describe('who signs in', () => {
  it('is remembered with the roles of the office and its unit', () => {
    expect(officerOf(mutable(caller()))).toEqual({
      id: 'desk',
      name: 'Trần Bích',
      roles: ['RECEPTION_OFFICER'],
      unit: 'CAX-A',
    });
  });

  it('is written down once in ten minutes, and then as the token says it', () => {
    const { met, written, clock } = remembering();
    met(mutable(caller()));
    met(mutable(caller({ unit: 'CAX-B' })));
    clock.at += REMEMBERED_MS - 1;
    met(mutable(caller({ unit: 'CAX-B' })));
    expect(written.map(({ unit }) => unit)).toEqual(['CAX-A']);
    clock.at += 1;
    met(mutable(caller({ unit: 'CAX-B' })));
    expect(written.map(({ unit }) => unit)).toEqual(['CAX-A', 'CAX-B']);
  });

  it('is taken out when the token names no office any more', () => {
    const { met, written, forgotten } = remembering();
    met({ kind: 'PERSON', actor: { id: 'desk', name: 'Trần Bích', roles: ['REGISTRANT'] } });
    expect([written, forgotten]).toEqual([[], ['desk']]);
  });

  it('is nobody when it is another system', () => {
    const { met, written, forgotten } = remembering();
    met(mutable(caller({}, 'SERVICE')));
    expect([written, forgotten]).toEqual([[], []]);
  });

  it('is let go on when that fails, and written down later', async () => {
    const { met, troubles, written, clock } = remembering({ failing: true });
    met(mutable(caller()));
    await new Promise((resolve) => setImmediate(resolve));
    expect(troubles).toHaveLength(1);
    clock.at += REMEMBERED_MS;
    met(mutable(caller()));
    expect(written).toHaveLength(2);
  });
});
