import type { AccountEvent } from '../../schemas/account.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType, Fact } from '../../schemas/case.ts';
import type { LockOrderEvent } from '../../schemas/lock-order.ts';
import type { RegistrationEvent } from '../../schemas/registration.ts';
import type { VerificationEvent } from '../../schemas/verification.ts';
import { systemActor } from '../deciding.ts';
import type { Access, StateOf } from './case.ts';
import { grantedAs } from './permission.ts';
import { redact } from './redact.ts';
import { shownAccount, shownAccountEvent } from './shown/account.ts';
import type { Shown } from './shown/fact.ts';
import { shownLockOrder, shownLockOrderEvent } from './shown/lock-order.ts';
import { shownAuthor } from './shown/people.ts';
import { shownRegistration, shownRegistrationEvent } from './shown/registration.ts';

type EventOf = {
  readonly registration: RegistrationEvent;
  readonly account: AccountEvent;
  readonly 'lock-order': LockOrderEvent;
  readonly verification: VerificationEvent;
};

/** Any event, as the log holds it. */
export type AnyFact = Fact<{ readonly type: string; readonly data: unknown }>;

/** What a caller is shown of a case. */
export type ShownCase<T extends CaseType> = {
  readonly state: StateOf[T];
  /** An event of the case as the caller may see it; undefined when it is not for them. */
  event<E extends AnyFact>(event: E): E | undefined;
};

type Showing<T extends CaseType> = {
  state(state: StateOf[T], reader: string): StateOf[T];
  event(event: EventOf[T], state: StateOf[T], reader: string): Shown;
  /** Whom the case names to those whom it concerns. */
  named(state: StateOf[T]): readonly (string | undefined)[];
};

const showing: { readonly [T in CaseType]: Showing<T> } = {
  registration: {
    state: shownRegistration,
    event: shownRegistrationEvent,
    named: ({ registrantId, dossier }) => [
      registrantId,
      ...(dossier?.otherRepresentatives ?? []).map(({ id }) => id),
    ],
  },
  account: { state: shownAccount, event: shownAccountEvent, named: ({ owner }) => [owner?.id] },
  'lock-order': {
    state: shownLockOrder,
    event: shownLockOrderEvent,
    named: ({ form }) => [form?.authority?.contact.id],
  },
  // Offices alone read it: nobody is shown a part of it for the own sake.
  verification: { state: (state) => state, event: () => undefined, named: () => [] },
};

/** Whether a caller reads a case for the public and not only because it concerns them. */
const readsForOffice = <T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  access: Access,
): boolean =>
  grantedAs(actor, caseType, state, access, [
    'TASK_HOLDER',
    'UNIT',
    'SUPERIOR',
    'C06',
    'CALL_CENTRE',
    'AUDITOR',
    'SYSTEM',
  ]).has('READ');

/**
 * What a caller who may read a case is shown of it, in the shape of what was given. Offices see all but personal numbers that are not
 * theirs to see. Registrants, representatives and authorities see where the case stands and why, what they declared themselves, their notices
 * and the grounds of locks; of officers the unit, and nothing that these write for one another.
 */
export function shownTo<T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  access: Access,
): ShownCase<T> {
  const cover = <View>(view: View): View => redact(actor, caseType, state, view, access);
  if (readsForOffice(actor, caseType, state, access)) return { state: cover(state), event: cover };
  const own: Showing<T> = showing[caseType];
  const known = new Set([actor.id, systemActor.id, ...own.named(state).filter((id) => id !== undefined)]);
  return {
    state: cover(own.state(state, actor.id)),
    event(event) {
      // The log holds under each stream only what its type's own `decide` made.
      const data = own.event(event as unknown as EventOf[T], state, actor.id);
      return data && cover({ ...event, data, by: shownAuthor(event.by, known) });
    },
  };
}
