import type { AccountCommand, AccountEvent, AccountState } from '../../schemas/account.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { Decider } from '../decider.ts';
import type { NotifyEffect } from '../notice/effects.ts';
import { decideAccount } from './decide.ts';
import { evolveAccount } from './evolve.ts';
import { initialAccount } from './state.ts';
import { accountDeadline, accountEffects, viewAccount } from './view.ts';

/** The account itself (tài khoản) as a case, from issuance on: Art 14 of Decree 69/2024. */
export const account = (
  stream: string,
  policy: CasePolicy,
): Decider<AccountState, AccountCommand, AccountEvent, NotifyEffect> => ({
  initial: initialAccount(stream),
  decide: (command, state, now) => decideAccount(command, state, now, policy),
  evolve: evolveAccount,
  deadline: accountDeadline,
  effects: accountEffects,
  view: viewAccount,
});
