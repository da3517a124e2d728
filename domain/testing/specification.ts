import type { CaseView, CommandOf, EventActor, Fact } from '../../schemas/case.ts';
import type { ErrorCode } from '../../schemas/errors.ts';
import type { Body, Decider } from '../decider.ts';
import { systemActor } from '../deciding.ts';
import { DomainError } from '../error.ts';
import { toInstant, toMs } from '../time.ts';
import { firstDifference } from './compare.ts';

/** What is expected of an event: its type, and of its data whatever is named. */
export type Expected<Event extends Body> = Event extends Body
  ? { readonly type: Event['type']; readonly data?: Readonly<Record<string, unknown>> }
  : never;

/** What came of a command that was taken. */
export type Outcome<State, Event extends Body> = {
  readonly events: readonly Event[];
  readonly state: State;
  readonly view: CaseView;
  /** The whole history with the new events, to go on from. */
  readonly history: readonly Fact<Event>[];
};

/** One more step of a story: who says what, and when (ISO; the time of the step before when absent). */
export type Step<Command extends Body> = { readonly command: CommandOf<Command>; readonly at?: string };

/**
 * Given what happened, when somebody says something, then this follows. Throws an Error with `expected` and `actual`
 * where it does not; needs no test runner.
 */
export function specification<State, Command extends Body, Event extends Body>(
  decider: Decider<State, Command, Event>,
  start: string,
) {
  const bySystem: EventActor = { id: systemActor.id, name: systemActor.name };
  const asFact = (event: Event | Fact<Event>): Fact<Event> =>
    'at' in event ? event : { ...event, at: start, by: bySystem };

  function run(history: readonly Fact<Event>[], command: CommandOf<Command>, at?: string) {
    const now = at ?? history.at(-1)?.at ?? start;
    const state = history.reduce(decider.evolve, decider.initial);
    const events = decider.decide(command, state, toMs(now));
    const { id, name, unit } = command.actor;
    const by = { id, name, ...(unit === undefined ? {} : { unit }) };
    const facts = events.map((event) => ({ ...event, at: toInstant(toMs(now)), by }));
    const after = facts.reduce(decider.evolve, state);
    return { events, state: after, view: decider.view(after), history: [...history, ...facts] };
  }

  /** Lets a story happen, every step of which must be taken and must change something. */
  function played(steps: readonly Step<Command>[], before: readonly Fact<Event>[] = []): Fact<Event>[] {
    let history = [...before];
    for (const { command, at } of steps) {
      const outcome = run(history, command, at);
      if (outcome.events.length === 0) throw new Error(`${command.type} changed nothing`);
      history = outcome.history;
    }
    return history;
  }

  function given(past: readonly (Event | Fact<Event>)[]) {
    const history = past.map(asFact);
    return {
      history,
      state: history.reduce(decider.evolve, decider.initial),
      when: (command: CommandOf<Command>, at?: string) => thens(() => run(history, command, at)),
    };
  }

  function thens(decided: () => Outcome<State, Event>) {
    return {
      /** Exactly these events in this order; of their data, what is named. */
      // biome-ignore lint/suspicious/noThenProperty: given, when, then is the name of the thing
      then(expected: readonly Expected<Event>[]): Outcome<State, Event> {
        const outcome = decided();
        const difference = firstDifference(expected, outcome.events);
        if (difference) throw failure(difference, expected, outcome.events);
        return outcome;
      },
      /** It is taken, and nothing follows. */
      thenNothing(): Outcome<State, Event> {
        const outcome = decided();
        if (outcome.events.length > 0) throw failure('something followed', [], outcome.events);
        return outcome;
      },
      /** It is refused with the code and, of the details, what is named. */
      thenRefused(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}): void {
        let outcome: Outcome<State, Event>;
        try {
          outcome = decided();
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          const refusal = { code: error.code, details: error.details };
          const difference = firstDifference({ code, details }, refusal);
          if (difference) throw failure(difference, { code, details }, refusal);
          return;
        }
        throw failure('it was taken', { code, details }, outcome.events);
      },
    };
  }

  return { given, played };
}

/** Test runners show the difference between `expected` and `actual`. */
const failure = (message: string, expected: unknown, actual: unknown): Error =>
  Object.assign(new Error(message), { expected, actual, showDiff: true });
