import type { CaseView, CommandOf, Fact } from '../schemas/case.ts';

/** Any command or event body. */
export type Body = { readonly type: string; readonly data: unknown };

/** Something the world should be doing for a case now; `key` names it for as long as it is wanted. */
export type Effect<Kind extends string = string, Input = unknown> = {
  readonly key: string;
  readonly kind: Kind;
  readonly input: Input;
};

/** What happens if nobody acts: `command` at `at` (epoch ms). */
export type Deadline<Command> = { readonly at: number; readonly command: Command };

/**
 * A case as pure functions. `decide` throws a DomainError for what a person may not do; a command that the system
 * gives itself decides to nothing when it is out of place. `now` is epoch ms.
 */
export type Decider<State, Command extends Body, Event extends Body, Wanted extends Effect = Effect> = {
  readonly initial: State;
  decide(command: CommandOf<Command>, state: State, now: number): readonly Event[];
  evolve(state: State, event: Fact<Event>): State;
  deadline(state: State): Deadline<Command> | undefined;
  effects(state: State): readonly Wanted[];
  view(state: State): CaseView;
};
