import type { AccountCommand, AccountEvent, AccountState } from '../../schemas/account.ts';
import type { CommandOf, Fact } from '../../schemas/case.ts';
import type { Deciding } from '../deciding.ts';

export type Command = CommandOf<AccountCommand>;
export type CommandNamed<T extends AccountCommand['type']> = Extract<Command, { type: T }>;
export type Event = Fact<AccountEvent>;
export type Decision = Deciding<AccountState, AccountEvent>;

export const initialAccount = (stream: string): AccountState => ({
  stream,
  status: 'NONE',
  policyVersion: '',
  organisationKeys: [],
  reminded: 0,
  grounds: [],
  groundsPlaced: 0,
  seq: 0,
  obedience: [],
  information: [],
  registryStatus: {},
  tasks: [],
  notices: [],
});
