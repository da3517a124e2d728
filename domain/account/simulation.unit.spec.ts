import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountCommand, AccountEvent, AccountState, AccountStatus } from '../../schemas/account.ts';
import type { CommandOf } from '../../schemas/case.ts';
import { OrderOutcome } from '../../schemas/lock.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { ACCOUNT, OPENED } from '../testing/accounts.ts';
import { must } from '../testing/invariants.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { choices } from '../testing/random.ts';
import { randomAccountMove } from '../testing/random-accounts.ts';
import { services } from '../testing/random-locks.ts';
import { simulate, type Walk } from '../testing/simulate.ts';
import { toMs } from '../time.ts';
import { account } from './index.ts';
import {
  mustAnswerOrders,
  mustBeLiftedRightly,
  mustBeLockedByGrounds,
  mustHoldGroundsOnce,
  mustRestAfterEnd,
  mustStopTheClock,
} from './invariants.spec.ts';

const policies: readonly CasePolicy[] = [
  decree,
  decreeWith({ noticeChannels: ['EMAIL'] }),
  decreeWith({ relyingServices: services, acknowledgeWithinMs: 30_000, activationClockOnLock: 'RUNS' }),
  decreeWith({
    relyingServices: services,
    authorityLift: 'ANY_AUTHORITY',
    lockGrounds: decree.lockGrounds.map((rule) => ({ ...rule, enabled: true })),
  }),
  decreeWith({
    limitActivation: { amount: 5, unit: 'working_days' },
    activationReminders: [{ amount: 1, unit: 'working_days' }],
    tasks: {
      ...decree.tasks,
      DELIVER_NOTICE: { ...decree.tasks.DELIVER_NOTICE, limit: { amount: 1, unit: 'calendar_days' } },
    },
  }),
  decreeWith({
    limitActivation: { amount: 7000, unit: 'milliseconds' },
    activationReminders: [
      { amount: 3000, unit: 'milliseconds' },
      { amount: 6000, unit: 'milliseconds' },
    ],
  }),
];

const ofSystem = new Set([
  'OpenAccount',
  'RecordNoticeOutcome',
  'SendReminder',
  'MarkActivationOverdue',
  'MarkTaskOverdue',
  'EscalateDueTask',
  'ApplyOrder',
  'EndTerm',
  'AcknowledgeLock',
  'MarkAcknowledgementOverdue',
  'TakeRegistryChange',
  'NoteChangeConflict',
]);

type AccountWalk = Walk<AccountState, AccountEvent>;

/** An account is activated by its owner in time or by the call centre afterwards, once; nothing else ends the wait. */
function mustBeActivatedRightly({ history }: AccountWalk): void {
  const at = history.findIndex((e) => e.type === 'AccountActivated');
  const activated = history[at];
  if (activated?.type !== 'AccountActivated') return;
  const before = history.slice(0, at);
  const overdue = before.some((e) => e.type === 'ActivationFellOverdue');
  must((activated.data.through === 'CALL_CENTRE') === overdue, `activated through ${activated.data.through}`);
  const period = before.findLast(
    (e) => e.type === 'ActivationPeriodStarted' || e.type === 'ActivationPeriodResumed',
  );
  if (period && !overdue)
    must(activated.at < period.data.period.dueAt, 'activated on VNeID after the period');
  must(!history.slice(at + 1).some((e) => e.type === 'AccountActivated'), 'activated twice');
}

/** The period starts once, from receipt of the notice of the result and never from the future. */
function mustCountFromReceipt({ history }: AccountWalk): void {
  const starts = history.filter((e) => e.type === 'ActivationPeriodStarted');
  must(starts.length <= 1, 'the period started twice');
  for (const start of starts) must(start.data.period.noticeReceivedAt <= start.at, 'received in the future');
  for (const event of history) {
    if (event.type !== 'ActivationPeriodStarted' && event.type !== 'ActivationPeriodResumed') continue;
    const { reminders, dueAt } = event.data.period;
    must(
      reminders.every((at) => at < dueAt),
      'a reminder after the period',
    );
  }
}

const seen = { statuses: new Set<string>(), events: new Set<string>(), outcomes: new Set<string>() };

function walk(policy: CasePolicy, seed: number, length: number): void {
  const c = choices(seed);
  let command: CommandOf<AccountCommand> | undefined;
  const end = simulate(
    {
      decider: account(ACCOUNT, policy),
      start: toMs(OPENED),
      ofSystem,
      // A service may say that it obeys after a person found out by other means, and the account has ended.
      afterEnd: new Set(['OrderAnswered', 'LockAcknowledged']),
      inspect: (events, before) => {
        for (const event of events) {
          AccountEvent.parse(event);
          seen.events.add(event.type);
          if (event.type === 'OrderAnswered') seen.outcomes.add(event.data.outcome);
        }
        if (!command) return;
        mustBeLiftedRightly(command, events, before, policy);
        mustAnswerOrders(command, events, before);
        mustRestAfterEnd(events, before);
        mustStopTheClock(events, before, policy);
      },
    },
    Array.from({ length }, () => (at: AccountWalk) => {
      mustHoldGroundsOnce(at.state);
      const move = randomAccountMove(c, at);
      command = move.command;
      return move;
    }),
  );
  mustBeLockedByGrounds(end);
  mustBeActivatedRightly(end);
  mustCountFromReceipt(end);
  AccountState.parse(end.state);
  seen.statuses.add(end.state.status);
}

describe('an account under random commands of right and wrong people', () => {
  it('keeps what must hold of every account', { timeout: 120_000 }, () => {
    const seeds = fc.integer({ min: 0, max: 2 ** 31 });
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(...policies),
        fc.integer({ min: 1, max: 60 }),
        (seed, policy, length) => {
          walk(policy, seed, length);
        },
      ),
      { seed: 692_024, numRuns: 2000 },
    );
  });

  it('comes to every status and makes every event', () => {
    expect(AccountStatus.options.filter((status) => !seen.statuses.has(status))).toEqual([]);
    const all = AccountEvent.options.map((option) => option.shape.type.value);
    // An account's tasks are C06's, and there is no unit above C06 to take one up to.
    expect(all.filter((type) => !seen.events.has(type))).toEqual(['TaskEscalated']);
    // The other two are said of an account that is not there, by whoever looked for it.
    expect(OrderOutcome.options.filter((outcome) => !seen.outcomes.has(outcome))).toEqual([
      'NO_ACCOUNT',
      'NOT_YET_OPEN',
    ]);
  });
});
