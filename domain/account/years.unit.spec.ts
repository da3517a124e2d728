import { describe, expect, it } from 'vitest';
import type { AccountCommand, AccountEvent, AccountState } from '../../schemas/account.ts';
import type { CommandOf, Fact } from '../../schemas/case.ts';
import { ACCOUNT, accounts, lockOrder, OPENED, unlockOrder } from '../testing/accounts.ts';
import { askAccount } from '../testing/commands.ts';
import { people } from '../testing/people.ts';
import { decreeWith } from '../testing/policy.spec.ts';
import { toInstant, toMs } from '../time.ts';
import { account } from './index.ts';
import { accountEffects } from './view.ts';

const policy = decreeWith({ relyingServices: [{ id: 'DVC', name: 'Cổng Dịch vụ công quốc gia' }] });
const decider = account(ACCOUNT, policy);
const MINUTE = 60_000;

type Life = { state: AccountState; now: number; readonly ids: Map<string, number>; size: number };

/** One more command in a life of which only the state and the ids that it gave are kept. */
function live(life: Life, command: CommandOf<AccountCommand>): readonly AccountEvent[] {
  const events = decider.decide(command, life.state, life.now);
  const by = { id: command.actor.id, name: command.actor.name };
  for (const event of events) {
    const fact: Fact<AccountEvent> = { ...event, at: toInstant(life.now), by };
    life.state = decider.evolve(life.state, fact);
    const id =
      event.type === 'NoticeOrdered'
        ? event.data.noticeId
        : event.type === 'TaskOpened'
          ? event.data.taskId
          : undefined;
    if (id !== undefined) life.ids.set(id, (life.ids.get(id) ?? 0) + 1);
  }
  life.now += MINUTE;
  return events;
}

const outcome = (life: Life, is: 'DELIVERED' | 'FAILED') => {
  const orderId = accountEffects(life.state)[0]?.key ?? '';
  return askAccount(people.system, 'RecordNoticeOutcome', { orderId, outcome: is });
};

/** Tells the owner whatever is to be told; now and then by hand, after every channel failed. */
function deliver(life: Life, byHand: boolean): void {
  while (accountEffects(life.state).length > 0) live(life, outcome(life, byHand ? 'FAILED' : 'DELIVERED'));
  for (const { id } of life.state.tasks.filter((t) => t.kind === 'DELIVER_NOTICE' && t.status === 'OPEN')) {
    live(
      life,
      askAccount(people.callCentre, 'ResolveNotice', { taskId: id, action: 'HANDED_OVER', note: 'x' }),
    );
  }
}

describe('an account that lives for years', () => {
  const start = accounts(policy).active();
  const life: Life = { state: start.state, now: toMs(OPENED) + 3_600_000, ids: new Map(), size: 0 };
  const LOCKS = 3000;
  for (let i = 1; i <= LOCKS; i += 1) {
    live(life, lockOrder(`${i}`));
    if (i % 50 === 0) {
      life.now += policy.acknowledgeWithinMs;
      live(
        life,
        askAccount(people.system, 'MarkAcknowledgementOverdue', { service: 'DVC', seq: life.state.seq }),
      );
    }
    deliver(life, i % 10 === 0);
    live(life, unlockOrder(`${i}`));
    deliver(life, false);
    life.size = Math.max(life.size, JSON.stringify(life.state).length);
  }
  it('stays small in the state that each of its runs hands to the next', () => {
    expect(life.state).toMatchObject({ seq: 2 * LOCKS, groundsPlaced: LOCKS, grounds: [] });
    expect(life.state.notices).toHaveLength(20);
    expect(life.state.tasks.length).toBeLessThanOrEqual(22);
    expect(life.size).toBeLessThan(32_000);
  });
  it('gives every notice and every task an id of its own, counting on', () => {
    expect([...life.ids.values()].every((times) => times === 1)).toBe(true);
    expect(life.ids.has(`notice${2 * LOCKS + 1}`)).toBe(true);
    expect(life.ids.has(`deliver-notice-${LOCKS / 10}`)).toBe(true);
    expect(life.ids.has(`chase-service-${LOCKS / 50}`)).toBe(true);
  });
  it('keeps what is still to be delivered, however much came after it', () => {
    const spec = accounts(policy);
    const first = spec.undelivered();
    const waiting: Life = { state: first.state, now: toMs(OPENED), ids: new Map(), size: 0 };
    for (let i = 1; i <= 40; i += 1) {
      live(waiting, lockOrder(`${i}`));
      live(waiting, unlockOrder(`${i}`));
      deliverAllBut('notice1', waiting);
    }
    const hand = askAccount(people.callCentre, 'ResolveNotice', {
      taskId: 'deliver-notice-1',
      action: 'HANDED_OVER',
      note: 'đã trao tay',
    });
    expect(live(waiting, hand).map(({ type }) => type)).toEqual([
      'TaskClaimed',
      'TaskCompleted',
      'NoticeHandedOver',
      'ActivationPeriodStarted',
    ]);
    expect(waiting.state.notices).toHaveLength(20);
  });
});

function deliverAllBut(id: string, life: Life): void {
  for (;;) {
    const effect = accountEffects(life.state).find(({ key }) => !key.includes(`.${id}.`));
    if (!effect) return;
    live(
      life,
      askAccount(people.system, 'RecordNoticeOutcome', { orderId: effect.key, outcome: 'DELIVERED' }),
    );
  }
}
