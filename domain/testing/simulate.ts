import type { CommandOf, Fact } from '../../schemas/case.ts';
import type { Body, Decider, Effect } from '../decider.ts';
import { systemActor } from '../deciding.ts';
import { DomainError } from '../error.ts';
import { toInstant } from '../time.ts';
import { fillTokens } from '../tokens.ts';
import { deepFreeze, must, mustHoldTasksOnce, mustPassTasksOn, mustWaitForSomebody } from './invariants.ts';

/** A command that a random walk tries, after letting so many ms pass. */
export type Move<Command extends Body> = { readonly command: CommandOf<Command>; readonly afterMs: number };

/** Where a walk has come to. */
export type Walk<State, Event extends Body> = {
  readonly state: State;
  readonly history: readonly Fact<Event>[];
  readonly now: number;
};

type Simulation<State, Command extends Body, Event extends Body, Wanted extends Effect> = {
  readonly decider: Decider<State, Command, Event, Wanted>;
  readonly start: number;
  /** Commands that the system gives: these never throw. */
  readonly ofSystem: ReadonlySet<string>;
  /** Looks at new events as they are, and at the walk before them. */
  readonly inspect: (events: readonly Event[], before: Walk<State, Event>) => void;
  /** Events that may follow the end of a case, since they only answer whoever asks it something; none when absent. */
  readonly afterEnd?: ReadonlySet<string>;
};

/** What the append fills in, as the log would. */
const filled = { '@identification-number': '10000000001' };

/**
 * Walks through a case by random moves, each made from the state it meets, and fails where what must hold of every case
 * does not: the fold is pure and total, refusals are DomainErrors, the system's commands never throw, no event follows
 * the end, a deadline that came always changes something, effects have keys of their own, somebody is waited for.
 */
export function simulate<State, Command extends Body, Event extends Body, Wanted extends Effect>(
  simulation: Simulation<State, Command, Event, Wanted>,
  moves: readonly ((walk: Walk<State, Event>) => Move<Command>)[],
): Walk<State, Event> {
  const { decider, start } = simulation;
  let walk: Walk<State, Event> = { state: deepFreeze(decider.initial), history: [], now: start };
  for (const move of moves) {
    const { command, afterMs } = move(walk);
    walk = step(simulation, { ...walk, now: walk.now + afterMs }, command);
    check(simulation, walk);
  }
  mustPassTasksOn(walk.history);
  mustFoldAlike(decider, walk);
  return walk;
}

function step<State, Command extends Body, Event extends Body, Wanted extends Effect>(
  { decider, ofSystem, inspect, afterEnd }: Simulation<State, Command, Event, Wanted>,
  walk: Walk<State, Event>,
  command: CommandOf<Command>,
): Walk<State, Event> {
  const { state, now } = walk;
  let decided: readonly Event[];
  try {
    decided = decider.decide(deepFreeze(command), state, now);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const bySystem = ofSystem.has(command.type) && command.actor.id === systemActor.id;
    must(!bySystem, `${command.type} of the system was refused with ${error.code}`);
    return walk;
  }
  if (decided.length === 0) return walk;
  const answersOnly = decided.every(({ type }) => afterEnd?.has(type));
  must(!decider.view(state).closed || answersOnly, `${command.type} changed a case that had ended`);
  const events: readonly Event[] = fillTokens(decided, filled);
  inspect(events, walk);
  const { id, name, unit } = command.actor;
  const by = { id, name, ...(unit === undefined ? {} : { unit }) };
  const facts = deepFreeze(events.map((event) => ({ ...event, at: toInstant(now), by })));
  const after = facts.reduce((s, fact) => deepFreeze(decider.evolve(s, fact)), state);
  return { state: after, history: [...walk.history, ...facts], now };
}

function check<State, Command extends Body, Event extends Body, Wanted extends Effect>(
  { decider }: Simulation<State, Command, Event, Wanted>,
  { state, now, history }: Walk<State, Event>,
): void {
  if (history.length === 0) return;
  const view = decider.view(state);
  const due = decider.deadline(state);
  mustWaitForSomebody(view, due !== undefined);
  mustHoldTasksOnce(view.tasks);
  const keys = decider.effects(state).map((effect) => effect.key);
  must(new Set(keys).size === keys.length, `effects share a key: ${keys.join(', ')}`);
  if (!due || view.closed) return;
  const command = { ...due.command, id: 'deadline', actor: systemActor } as CommandOf<Command>;
  const events = decider.decide(command, state, Math.max(due.at, now));
  must(events.length > 0, `${view.status}: the deadline ${due.command.type} came and nothing changed`);
}

/** The fold of what went through the log as JSON, in two parts, is the state. */
function mustFoldAlike<State, Command extends Body, Event extends Body>(
  decider: Pick<Decider<State, Command, Event>, 'evolve' | 'initial'>,
  { history, state }: Walk<State, Event>,
): void {
  const logged = deepFreeze(JSON.parse(JSON.stringify(history)) as Fact<Event>[]);
  const half = Math.floor(logged.length / 2);
  const carried = JSON.parse(
    JSON.stringify(logged.slice(0, half).reduce(decider.evolve, decider.initial)),
  ) as State;
  const again = logged.slice(half).reduce(decider.evolve, deepFreeze(carried));
  must(JSON.stringify(again) === JSON.stringify(state), 'the fold of the log is another state');
}
