import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountOrder } from '../../schemas/lock.ts';
import { LockOrderEvent, LockOrderState, LockOrderStatus } from '../../schemas/lock-order.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { must, mustKeepFourEyes } from '../testing/invariants.ts';
import { FILED, ORDER } from '../testing/lock-orders.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { choices } from '../testing/random.ts';
import { randomLockOrderMove } from '../testing/random-lock-orders.ts';
import { simulate, type Walk } from '../testing/simulate.ts';
import { toMs } from '../time.ts';
import { lockOrderEffects } from './effects.ts';
import { lockOrder } from './index.ts';

const limited = Object.fromEntries(
  Object.entries(decree.tasks).map(([kind, task]) => [
    kind,
    { ...task, limit: { amount: 1, unit: 'working_days' } },
  ]),
) as CasePolicy['tasks'];
const ms = (amount: number) => ({ amount, unit: 'milliseconds' as const });

const policies: readonly CasePolicy[] = [
  decree,
  decreeWith({ lockOrderFields: ['reason'], noticeChannels: ['EMAIL'] }),
  decreeWith({ lockOrderFields: [], tasks: limited, lockOrderChannels: ['IN_PERSON_TK03'] }),
  decreeWith({ lockGrounds: decree.lockGrounds.filter(({ code }) => code !== 'PROCEEDING_AGENCY_REQUEST') }),
  decreeWith({ limitLockForward: ms(1_000), limitUnlockForward: ms(2_000), limitLockDecide: ms(3_000) }),
];

const ofSystem = new Set(['RecordOrderOutcome', 'RecordNoticeOutcome', 'MarkTaskOverdue', 'EscalateDueTask']);
type OrderWalk = Walk<LockOrderState, LockOrderEvent>;

/** An account hears of an order only between its approval and its answer, each round once, on an enabled ground. */
function mustCarryOutRightly(state: LockOrderState, history: OrderWalk['history'], policy: CasePolicy): void {
  const told = lockOrderEffects(state).filter((effect) => effect.kind === 'carryOut');
  must(told.length <= 1, 'an order is carried out twice at once');
  for (const { input } of told) {
    const types = history.map((event) => event.type);
    const decided = Math.max(types.lastIndexOf('LockOrderApproved'), types.lastIndexOf('LockOrderRetried'));
    must(types.includes('LockOrderApproved'), 'carried out without an approval');
    must(types.lastIndexOf('OrderOutcomeRecorded') < decided, 'carried out after it was answered');
    must(
      !types.includes('LockOrderRefused') && !types.includes('LockOrderWithdrawn'),
      'carried out, and ended',
    );
    must(input.round === types.filter((t) => t === 'LockOrderRetried').length + 1, 'the round is another');
    const instruction = AccountOrder.parse(input.instruction);
    if (instruction.action === 'UNLOCK') continue;
    must(
      policy.lockGrounds.some(({ code, enabled }) => enabled && code === instruction.code),
      `locks on ${instruction.code}, which is not enabled`,
    );
  }
}

/** The order ends once, and afterwards nothing but its notices goes on. */
function mustEndOnce({ history }: OrderWalk): void {
  const ends = ['LockOrderRefused', 'LockOrderWithdrawn', 'LockOrderEnded'];
  const at = history.findIndex((event) => ends.includes(event.type));
  if (at < 0) return;
  const own = history
    .slice(at + 1)
    .filter((event) => event.type.includes('Order') && event.type !== 'NoticeOrdered');
  must(own.length === 0, `after the end came ${own.map((event) => event.type).join(', ')}`);
}

/** No order is decided that is incomplete, and a refusal has its reasons. */
function mustBeDecidable(event: LockOrderEvent, before: OrderWalk): void {
  if (event.type === 'LockOrderApproved') {
    must(before.state.status === 'FORWARDED', `approved from ${before.state.status}`);
    must(before.state.missing.length === 0, 'approved while incomplete');
    must(before.state.form?.document !== undefined, 'approved without a document');
  }
  if (event.type === 'LockOrderRefused') must(event.data.reasons !== '', 'refused without reasons');
}

const seen = { statuses: new Set<string>(), events: new Set<string>() };

function walk(policy: CasePolicy, seed: number, length: number): void {
  const c = choices(seed);
  const end = simulate(
    {
      decider: lockOrder(ORDER, policy),
      start: toMs(FILED),
      ofSystem,
      inspect: (events, before) => {
        mustCarryOutRightly(before.state, before.history, policy);
        seen.statuses.add(before.state.status);
        for (const event of events) {
          LockOrderEvent.parse(event);
          mustBeDecidable(event, before);
          seen.events.add(event.type);
        }
      },
    },
    Array.from({ length }, () => (at: OrderWalk) => randomLockOrderMove(c, at)),
  );
  mustCarryOutRightly(end.state, end.history, policy);
  mustEndOnce(end);
  mustKeepFourEyes(end.history, policy.fourEyes);
  LockOrderState.parse(end.state);
  seen.statuses.add(end.state.status);
}

describe('an order to lock or unlock under random commands of right and wrong people', () => {
  it('keeps what must hold of every order', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.constantFrom(...policies),
        fc.integer({ min: 1, max: 40 }),
        (seed, policy, length) => {
          walk(policy, seed, length);
        },
      ),
      { seed: 692_024, numRuns: 2000 },
    );
  });

  it('comes to every status and makes every event', () => {
    expect(LockOrderStatus.options.filter((status) => !seen.statuses.has(status))).toEqual([]);
    const all = LockOrderEvent.options.map((option) => option.shape.type.value);
    expect(all.filter((type) => !seen.events.has(type))).toEqual([]);
  });
});
