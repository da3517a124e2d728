import { describe, expect, it } from 'vitest';
import { deciding, systemActor } from './deciding.ts';
import { people } from './testing/people.ts';
import { toInstant, toMs } from './time.ts';

type Counted = { readonly type: 'Counted'; readonly data: { readonly by: number } };
type Seen = { readonly sum: number; readonly last?: unknown };
const evolve = (state: Seen, event: Counted & { at: string; by: unknown }): Seen => ({
  sum: state.sum + event.data.by,
  last: { at: event.at, by: event.by },
});
const counted = (by: number): Counted => ({ type: 'Counted', data: { by } });
const now = toMs('2025-03-03T02:00:00.000Z');

describe('a decision under way', () => {
  it('sees what its earlier steps decided', () => {
    const d = deciding<Seen, Counted>({ sum: 1 }, evolve, systemActor, now);
    d.add(counted(2), counted(3));
    expect(d.state.sum).toBe(6);
    d.add();
    expect(d.events).toEqual([counted(2), counted(3)]);
  });
  it('folds its events as the log will: at its time, by its actor without roles and path', () => {
    const d = deciding<Seen, Counted>({ sum: 0 }, evolve, people.verifier, now);
    d.add(counted(1));
    const by = { id: 'verifier', name: 'Cán bộ verifier', unit: 'CAX-LAM-SON' };
    expect(d.state.last).toEqual({ at: toInstant(now), by });
    const s = deciding<Seen, Counted>({ sum: 0 }, evolve, systemActor, now);
    s.add(counted(1));
    expect(s.state.last).toEqual({ at: toInstant(now), by: { id: 'system', name: 'Org eID' } });
  });
});
