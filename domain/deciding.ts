import type { Actor } from '../schemas/actor.ts';
import type { Fact } from '../schemas/case.ts';
import type { Body } from './decider.ts';
import { DomainError } from './error.ts';
import { toInstant } from './time.ts';

/** One decision under way: events as they are added, and the state as it is after them. */
export type Deciding<State, Event extends Body> = {
  readonly events: readonly Event[];
  readonly state: State;
  readonly actor: Actor;
  readonly now: number;
  add(...events: readonly Event[]): void;
};

/** Starts a decision: later steps see what earlier ones decided. */
export function deciding<State, Event extends Body>(
  initial: State,
  evolve: (state: State, event: Fact<Event>) => State,
  actor: Actor,
  now: number,
): Deciding<State, Event> {
  const events: Event[] = [];
  let state = initial;
  const at = toInstant(now);
  const by = { id: actor.id, name: actor.name, ...(actor.unit === undefined ? {} : { unit: actor.unit }) };
  return {
    events,
    get state() {
      return state;
    },
    actor,
    now,
    add(...more) {
      for (const event of more) {
        events.push(event);
        state = evolve(state, { ...event, at, by });
      }
    },
  };
}

/** The actor of commands that a case gives itself. */
export const systemActor: Actor = { id: 'system', name: 'Org eID', roles: ['SYSTEM'] };

/** What the system tells a case is not for people to say. @throws DomainError EID_ERR_FORBIDDEN */
export function mustBeSystem({ actor, type }: { readonly actor: Actor; readonly type: string }): void {
  if (!actor.roles.includes('SYSTEM')) throw new DomainError('EID_ERR_FORBIDDEN', { command: type });
}
