import type { Actor } from '../../../schemas/actor.ts';
import type { Body } from '../../decider.ts';

/** For whom, in which state and when a command is tried; `now` is epoch ms. */
export type Probing<State> = { readonly actor: Actor; readonly state: State; readonly now: number };

/**
 * For every command type the smallest data that could be taken, one for each way of giving it; none for what only the system
 * says. A new command type does not compile until it is here.
 */
export type Probes<Command extends Body, State> = {
  readonly [T in Command['type']]: (
    probing: Probing<State>,
  ) => readonly Extract<Command, { readonly type: T }>['data'][];
};

/** Stands for words that only a person can supply. */
export const WORDS = '-';

/** What the system alone says. */
export const never = (): readonly never[] => [];
/** A command without data. */
export const bare = (): readonly Record<never, never>[] => [{}];
