import type { AccountState } from '../../schemas/account.ts';

/** Whether a ground that nobody lifts is on the account: nothing but delivery changes any more. */
export const isDissolved = ({ grounds }: Pick<AccountState, 'grounds'>): boolean =>
  grounds.some(({ liftedBy }) => liftedBy === 'NOBODY');
