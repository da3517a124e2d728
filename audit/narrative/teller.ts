import { inVietnam } from '../../domain/calendar/local-time.ts';
import type { PolicyParameters } from '../../schemas/policy.ts';
import type { Names } from '../replay/names.ts';

/** What an event says in words, and the parameter of the policy that governs it. */
export type Told = {
  readonly vi: string;
  readonly en: string;
  readonly parameter: keyof PolicyParameters;
};

/** What a sentence may know beside the event itself: names, and what the tasks of the case are about. */
export type Telling = {
  readonly names: Names;
  /** The kind of a task of the case by its id. */
  readonly taskKind: (taskId: string) => string | undefined;
  /** The template of a notice of the case by its id. */
  readonly notice: (noticeId: string) => string | undefined;
  /** Whether a lock order asks to lock or to unlock. */
  readonly orderAction: 'LOCK' | 'UNLOCK' | undefined;
};

/** One sentence for each type of event: a new type does not compile until it has one. */
export type Tellers<Event extends { readonly type: string; readonly data: unknown }> = {
  readonly [T in Event['type']]: (
    data: Extract<Event, { readonly type: T }>['data'],
    telling: Telling,
  ) => Told;
};

/** A person as the case names one, else by the id. */
export const person = ({ names }: Pick<Telling, 'names'>, id: string): string => names.people.get(id) ?? id;
/** A unit as the case names it, else by its code. */
export const unit = ({ names }: Pick<Telling, 'names'>, code: string): string => {
  const name = names.units.get(code);
  return name === undefined || name === code ? code : `${name} (${code})`;
};

/** An instant in Viet Nam; words when there is none. */
export const time = (instant: string): string => inVietnam(instant);
/** `24/01/2025`. */
export const date = (local: string): string => local.split('-').reverse().join('/');
