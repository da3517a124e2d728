import type { AccountCommand } from '../../schemas/account.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { LockOrderCommand } from '../../schemas/lock-order.ts';
import type { RegistrationCommand } from '../../schemas/registration.ts';
import type { VerificationCommand } from '../../schemas/verification.ts';
import type { Body } from '../decider.ts';

type Named<C extends Body, T extends C['type']> = Extract<C, { type: T }>;
type Data<C extends Body, T extends C['type']> =
  Record<never, never> extends Named<C, T>['data']
    ? [data?: Named<C, T>['data']]
    : [data: Named<C, T>['data']];

const say =
  <C extends Body>() =>
  <T extends C['type']>(actor: Actor, type: T, ...[data]: Data<C, T>): CommandOf<C> =>
    ({ id: `${actor.id}:${type}`, actor, type, data: data ?? {} }) as unknown as CommandOf<C>;

/** Somebody says something to a request. */
export const ask = say<RegistrationCommand>();

/** Somebody says something to an account. */
export const askAccount = say<AccountCommand>();

/** Somebody says something to an order to lock or unlock. */
export const askOrder = say<LockOrderCommand>();

/** Somebody says something to a verification between bodies. */
export const askVerification = say<VerificationCommand>();
