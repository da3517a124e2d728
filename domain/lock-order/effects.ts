import type { AccountOrder } from '../../schemas/lock.ts';
import type { LockOrderCommand, LockOrderState } from '../../schemas/lock-order.ts';
import type { Notice } from '../../schemas/notice.ts';
import type { Deadline, Effect } from '../decider.ts';
import { type NotifyEffect, noticeEffects } from '../notice/effects.ts';
import { isPending } from '../notice/notice.ts';
import { earliest, taskDeadlines } from '../task/deadline.ts';
import { isEnded } from './state.ts';

/** What an account is told, and in which round; `account` is its stream. */
export type CarryOutInput = {
  readonly account: string;
  readonly round: number;
  readonly instruction: AccountOrder;
};
export type LockOrderEffect = Effect<'carryOut', CarryOutInput> | NotifyEffect;

/** Notices that still matter: once the order has ended, not that of an earlier return. */
export const wantedNotices = (state: LockOrderState): Notice[] =>
  state.notices.filter((n) => isPending(n) && !(isEnded(state) && n.template === 'LOCK_ORDER_RETURNED'));

/** What the world should be doing for an order now. */
export const lockOrderEffects = (state: LockOrderState): LockOrderEffect[] => [
  ...carryingOut(state),
  ...noticeEffects(state.stream, wantedNotices(state)),
];

function carryingOut(state: LockOrderState): LockOrderEffect[] {
  const instruction = instructionOf(state);
  const { status, round, form } = state;
  if (status !== 'APPROVED' || !instruction || form?.number === undefined) return [];
  const input = { account: `account-${form.number}`, round, instruction };
  return [{ key: `carry-out.${round}`, kind: 'carryOut', input }];
}

/** The order as the account takes it: the authority by its opaque id, its document, and the ground or what is lifted. */
function instructionOf({ stream, form, ground }: LockOrderState): AccountOrder | undefined {
  if (!form?.authority || !form.document) return undefined;
  const { id, name } = form.authority.contact;
  const head = { order: stream, authority: { id, name }, document: form.document };
  if (form.action === 'UNLOCK') {
    const { liftsDocument } = form;
    return { action: 'UNLOCK', ...head, ...(liftsDocument === undefined ? {} : { liftsDocument }) };
  }
  if (ground === undefined) return undefined;
  return {
    action: 'LOCK',
    ...head,
    code: ground,
    ...(form.until === undefined ? {} : { until: form.until }),
  };
}

/** The due times of the steps. */
export const lockOrderDeadline = (state: LockOrderState): Deadline<LockOrderCommand> | undefined =>
  earliest<LockOrderCommand>(taskDeadlines(state.tasks));
