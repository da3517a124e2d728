import type { Actor } from '../../schemas/actor.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { OrderOutcome } from '../../schemas/lock.ts';
import type { LockOrderCommand, LockOrderForm } from '../../schemas/lock-order.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { lockOrder } from '../lock-order/index.ts';
import { askOrder } from './commands.ts';
import { jurisdiction, people, receivedByPc06 } from './people.ts';
import { specification } from './specification.ts';

export const ORDER = 'lock-order-1';
/** A Monday without a holiday for four weeks, 09:00 in Viet Nam. */
export const FILED = '2025-03-03T02:00:00.000Z';
/** The end of the first and of the second working day after it. */
export const END_OF_1_WORKING_DAY = '2025-03-04T17:00:00.000Z';
export const END_OF_2_WORKING_DAYS = '2025-03-05T17:00:00.000Z';

type Form = { readonly [K in keyof LockOrderForm]?: LockOrderForm[K] | undefined };
type Filing = Extract<LockOrderCommand, { type: 'FileLockOrder' }>['data'];

/** A complete form by an invented prosecution office; a field given as `undefined` is left out. */
export function orderForm(changes: Form = {}): LockOrderForm {
  const { id, name } = people.authority;
  const complete = {
    action: 'LOCK',
    authority: { kind: 'PROCEEDING_AGENCY', contact: { id, name, email: 'vks@example.vn' } },
    number: '10000000001',
    organisation: 'Công ty TNHH Sao Mai',
    document: { number: '12/QĐ-VKS', date: '2025-02-28' },
    reason: 'Phục vụ điều tra vụ án',
    signedBy: 'Phạm Văn Kiểm',
  };
  const fields = Object.entries({ ...complete, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(fields) as LockOrderForm;
}

export const orderFiling = (form: LockOrderForm = orderForm(), more: Partial<Filing> = {}): Filing => ({
  channel: 'IN_PERSON_TK03',
  form,
  reception: jurisdiction.reception,
  catalogueVersion: jurisdiction.catalogueVersion,
  ...more,
});

export const atPc06: Partial<Filing> = { reception: receivedByPc06.reception };

export const forwarding = (taskId = 'forward-order-1', by: Actor = people.head) =>
  askOrder(by, 'ForwardLockOrder', { taskId });

export const orderDecision = (
  decision: 'APPROVE' | 'REFUSE' | 'SEND_BACK',
  more: { readonly reasons?: string; readonly taskId?: string; readonly by?: Actor } = {},
) => {
  const { reasons, taskId = 'decide-order-1', by = people.director } = more;
  const data = { taskId, decision, ...(reasons === undefined ? {} : { reasons }) };
  return askOrder(by, 'DecideLockOrder', data);
};

export const outcomeOfOrder = (outcome: OrderOutcome, round = 1) =>
  askOrder(people.system, 'RecordOrderOutcome', { round, outcome });

export const resolution = (
  action: 'RETRY' | 'END',
  taskId = 'resolve-order-1',
  by: Actor = people.proposer,
) => askOrder(by, 'ResolveOrder', { taskId, action, note: 'Đã kiểm tra với cơ quan đề nghị' });

/** What became of an order of a notice. */
export const noticeOutcomeOf = (notice: string, order: number, outcome: 'DELIVERED' | 'FAILED') =>
  askOrder(people.system, 'RecordNoticeOutcome', { orderId: `${ORDER}.${notice}.${order}`, outcome });

/** Given/when/then for an order under a policy, with the usual points of its way to start from. */
export function lockOrders(policy: CasePolicy) {
  const spec = specification(lockOrder(ORDER, policy), FILED);
  const after = (...commands: CommandOf<LockOrderCommand>[]) =>
    spec.given(spec.played(commands.map((command) => ({ command }))));
  const file = (form?: Form, more?: Partial<Filing>) =>
    askOrder(people.desk, 'FileLockOrder', orderFiling(orderForm(form), more));
  const withdrawal = askOrder(people.authority, 'WithdrawLockOrder', { note: 'Đã khắc phục' });
  const refusal = orderDecision('REFUSE', { reasons: 'Không thuộc thẩm quyền' });
  const toApproval = (form?: Form) => [file(form), forwarding(), orderDecision('APPROVE')];
  const toUnresolved = [...toApproval(), outcomeOfOrder('NO_ACCOUNT')];
  return {
    ...spec,
    after,
    file,
    withdrawal,
    fresh: () => spec.given([]),
    returned: () => after(file({ document: undefined })),
    received: (form?: Form) => after(file(form)),
    forwarded: (form?: Form) => after(file(form), forwarding()),
    approved: (form?: Form) => after(...toApproval(form)),
    unresolved: () => after(...toUnresolved),
    carriedOut: () => after(...toApproval(), outcomeOfOrder('LOCKED')),
    refused: () => after(file(), forwarding(), refusal),
    withdrawn: () => after(file(), withdrawal),
    ended: () => after(...toUnresolved, resolution('END')),
    /** Carried out, and the authority was told. */
    closed: () =>
      after(...toApproval(), outcomeOfOrder('LOCKED'), noticeOutcomeOf('notice1', 1, 'DELIVERED')),
  };
}
