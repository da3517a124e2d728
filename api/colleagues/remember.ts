import type { Caller } from '../../identity/caller.ts';
import { needsUnit } from '../../identity/roles.ts';
import type { Officer } from '../../store/officers.ts';

/** How often somebody is written down at most. */
export const REMEMBERED_MS = 600_000;
/** How many people are known to be written down; beyond that whoever was first is forgotten. */
const KNOWN = 20_000;

/** Who somebody is in an office, by the roles that mean something there. */
export function officerOf({ actor }: Pick<Caller, 'actor'>): Officer | undefined {
  const { id, name, unit } = actor;
  const roles = actor.roles.filter(needsUnit);
  return unit === undefined || roles.length === 0 ? undefined : { id, name, roles, unit };
}

/** Where people of offices are written down. */
export type Register = {
  remember(officer: Officer): Promise<void>;
  /** Whose token names no office any more. */
  forget(id: string): Promise<void>;
};

/**
 * Writes down who calls, each person once in ten minutes at most: roles and unit as the token says them now. Nobody waits for it; what fails is
 * told to `onTrouble` and tried again with the next ten minutes.
 */
export function createRemembering(
  register: Register,
  { now, onTrouble }: { readonly now: () => number; readonly onTrouble: (error: unknown) => void },
): (caller: Pick<Caller, 'actor' | 'kind'>) => void {
  const written = new Map<string, number>();
  return (caller) => {
    if (caller.kind !== 'PERSON') return;
    const { id } = caller.actor;
    const at = now();
    const last = written.get(id);
    if (last !== undefined && at - last < REMEMBERED_MS) return;
    written.delete(id);
    written.set(id, at);
    const [oldest] = written.keys();
    if (written.size > KNOWN && oldest !== undefined) written.delete(oldest);
    const officer = officerOf(caller);
    (officer ? register.remember(officer) : register.forget(id)).catch(onTrouble);
  };
}
