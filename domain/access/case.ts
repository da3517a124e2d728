import type { AccessTable } from '../../schemas/access.ts';
import type { AccountCommand, AccountState } from '../../schemas/account.ts';
import type { LockOrderCommand, LockOrderState } from '../../schemas/lock-order.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { RegistrationCommand, RegistrationState } from '../../schemas/registration.ts';
import type { VerificationCommand, VerificationState } from '../../schemas/verification.ts';

/** The state of each case type, as its own fold makes it. */
export type StateOf = {
  readonly registration: RegistrationState;
  readonly account: AccountState;
  readonly 'lock-order': LockOrderState;
  readonly verification: VerificationState;
};

/** What can be asked of each case type. */
export type BodyOf = {
  readonly registration: RegistrationCommand;
  readonly account: AccountCommand;
  readonly 'lock-order': LockOrderCommand;
  readonly verification: VerificationCommand;
};

/** The table of who may do what, and which unit C06 is. */
export type Access = { readonly table: AccessTable } & Pick<CasePolicy, 'c06Unit'>;
