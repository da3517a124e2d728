import type { AccountCommand, AccountEvent, AccountState } from '../../schemas/account.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { LockGround } from '../../schemas/lock.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { must } from '../testing/invariants.ts';
import type { Walk } from '../testing/simulate.ts';
import { isDissolved } from './grounds.ts';
import { viewAccount } from './view.ts';

type AccountWalk = Walk<AccountState, AccountEvent>;
type Command = CommandOf<AccountCommand>;

/** An account is locked as long as a ground is left, and says so with every change of that, counted without gaps. */
export function mustBeLockedByGrounds({ history, state }: AccountWalk): void {
  const held = new Set<string>();
  let locked = false;
  let seq = 0;
  for (const event of history) {
    if (event.type === 'LockGroundPlaced') {
      must(!held.has(event.data.ground.id), 'a ground placed twice');
      held.add(event.data.ground.id);
    }
    if (event.type === 'LockGroundLifted')
      must(held.delete(event.data.groundId), 'a ground lifted that was not held');
    if (event.type === 'AccountLocked' || event.type === 'AccountUnlocked') {
      const locks = event.type === 'AccountLocked';
      must(locks !== locked, `${event.type} of what was so already`);
      must(locks === held.size > 0, `${event.type} with ${held.size} grounds`);
      seq += 1;
      must(event.data.seq === seq, `seq ${event.data.seq} after ${seq - 1}`);
      locked = locks;
    }
    if (event.type === 'AccountActivated') must(!locked, 'activated while locked');
  }
  must(locked === held.size > 0, `${locked ? 'locked' : 'open'} with ${held.size} grounds`);
  must((viewAccount(state).status === 'LOCKED') === locked, `shown as ${viewAccount(state).status}`);
  must((state.lockedAt !== undefined) === locked, 'locked since nobody knows when');
  must(state.seq === seq && state.grounds.length === held.size, 'the state counts otherwise');
}

/** No two grounds are the same one. */
export function mustHoldGroundsOnce({ grounds }: AccountState): void {
  const same = new Set(grounds.map((g) => JSON.stringify([g.code, g.authority.id, g.document?.number])));
  must(same.size === grounds.length, 'one ground stands twice');
}

/** Whoever lifts a ground is whom the ground names, and comes by the way that is this party's. */
export function mustBeLiftedRightly(
  command: Command,
  events: readonly AccountEvent[],
  { state, now }: AccountWalk,
  policy: CasePolicy,
): void {
  for (const event of events) {
    if (event.type !== 'LockGroundLifted') continue;
    const ground = state.grounds.find(({ id }) => id === event.data.groundId);
    // A ground of this very command, lifted again by it, would be no decision.
    if (!ground) throw new Error(`${command.type} lifted a ground that it placed`);
    must(ground.liftedBy !== 'NOBODY', 'lifted what nobody lifts');
    must(event.data.why === 'TERM_ENDED' || event.data.why === ground.liftedBy, `${event.data.why} lifted`);
    must(
      speaksFor(event.data.why, command, ground, { state, now }, policy),
      `${command.type} lifted ${ground.code}`,
    );
  }
}

function speaksFor(
  why: Extract<AccountEvent, { type: 'LockGroundLifted' }>['data']['why'],
  command: Command,
  ground: LockGround,
  { state, now }: Pick<AccountWalk, 'state' | 'now'>,
  policy: CasePolicy,
): boolean {
  switch (why) {
    case 'OWNER':
      return command.type === 'UnlockOwnAccount' && command.actor.id === state.owner?.id;
    case 'C06':
      return command.type === 'LiftTermsViolation' && command.actor.unit === policy.c06Unit;
    case 'REGISTRY':
      return command.type === 'TakeRegistryChange' && command.data.change.registry === ground.authority.id;
    case 'AUTHORITY':
      return (
        command.type === 'ApplyOrder' &&
        (policy.authorityLift === 'ANY_AUTHORITY' ||
          command.data.instruction.authority.id === ground.authority.id)
      );
    case 'TERM_ENDED':
      return command.type === 'EndTerm' && ground.until !== undefined && Date.parse(ground.until) <= now;
  }
}

/** Every order that reaches an account is answered, once, and the answer is true. */
export function mustAnswerOrders(
  command: Command,
  events: readonly AccountEvent[],
  { state }: AccountWalk,
): void {
  const answers = events.filter((event) => event.type === 'OrderAnswered');
  must(
    answers.length === (command.type === 'ApplyOrder' ? 1 : 0),
    `${answers.length} answers to ${command.type}`,
  );
  const types = new Set(events.map(({ type }) => type));
  for (const { data } of answers) {
    must((data.outcome === 'LOCKED') === types.has('AccountLocked'), `${data.outcome} and not locked`);
    must((data.outcome === 'UNLOCKED') === types.has('AccountUnlocked'), `${data.outcome} and not unlocked`);
    must((data.outcome === 'DISSOLVED') === isDissolved(state), `${data.outcome} of what is not so`);
  }
}

const delivery = new Set<string>([
  'NoticeDelivered',
  'NoticeChannelFailed',
  'NoticeUndeliverable',
  'NoticeRetried',
  'NoticeHandedOver',
  'LockAcknowledged',
  'AcknowledgementOverdue',
  'AcknowledgementSettled',
  'OrderAnswered',
] satisfies AccountEvent['type'][]);

/** After the end of an organisation nothing happens but delivery and answers. */
export function mustRestAfterEnd(events: readonly AccountEvent[], { state }: AccountWalk): void {
  if (!isDissolved(state)) return;
  for (const { type } of events) must(delivery.has(type) || type.startsWith('Task'), `${type} after the end`);
}

/** Where a lock stops the activation clock, nobody is reminded or late while it lasts. */
export function mustStopTheClock(
  events: readonly AccountEvent[],
  { state }: AccountWalk,
  { activationClockOnLock }: CasePolicy,
): void {
  if (state.grounds.length === 0 || activationClockOnLock === 'RUNS') return;
  for (const { type } of events)
    must(type !== 'ActivationReminded' && type !== 'ActivationFellOverdue', `${type} while locked`);
}
