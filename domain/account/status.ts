import type { AccountState } from '../../schemas/account.ts';
import type { AccountStatusEntry, PublicStatus } from '../../schemas/account-status.ts';

/** The part of an account's state that others see. */
export type VisibleState = Pick<AccountState, 'status' | 'number' | 'grounds' | 'seq'>;

/** What others see of an account: locked for as long as any ground is left; undefined before it was opened. */
export function publicStatus({
  status,
  grounds,
}: Pick<VisibleState, 'status' | 'grounds'>): PublicStatus | undefined {
  if (status === 'NONE') return undefined;
  return grounds.length > 0 ? 'LOCKED' : status;
}

/** An account as the status bucket holds it. `position` and `at` are those of its last event. */
export function statusEntry(
  state: VisibleState,
  position: number,
  at: string,
): AccountStatusEntry | undefined {
  const status = publicStatus(state);
  const { number, grounds, seq } = state;
  if (status === undefined || number === undefined) return undefined;
  const codes = [...new Set(grounds.map(({ code }) => code))].sort();
  return { schema: 'account-status/1', number, status, grounds: codes, seq, position, at };
}
