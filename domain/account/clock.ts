import type { AccountState, ActivationPeriod } from '../../schemas/account.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { localTime } from '../calendar/clock.ts';
import { dateOf } from '../calendar/days.ts';
import { toInstant, toMs } from '../time.ts';
import { isDissolved } from './dissolved.ts';

/** The activation period while its clock runs: before activation, and not stopped by a lock. */
export function runningPeriod(state: AccountState): ActivationPeriod | undefined {
  const { status, period, grounds, activationClock } = state;
  const stopped = isDissolved(state) || (grounds.length > 0 && activationClock === 'PAUSES');
  return status === 'ISSUED' && !stopped ? period : undefined;
}

/**
 * The period after a lock that stopped its clock: what was still ahead then is ahead by as much now. Undefined when the clock was
 * not stopped, or when the period had ended before.
 */
export function resumedPeriod(
  { status, period, lockedAt, activationClock, reminded }: AccountState,
  now: number,
  { calendar }: Pick<CasePolicy, 'calendar'>,
): ActivationPeriod | undefined {
  if (status !== 'ISSUED' || activationClock !== 'PAUSES' || !period || lockedAt === undefined)
    return undefined;
  const stoppedAt = Math.max(toMs(lockedAt), toMs(period.noticeReceivedAt));
  const later = now - stoppedAt;
  if (later <= 0 || toMs(period.dueAt) <= stoppedAt) return undefined;
  const dueAt = toMs(period.dueAt) + later;
  return {
    ...period,
    // `dueAt` is the end of the last day, which is the first instant of the next when the period counts days.
    dueOn: dateOf(localTime(dueAt - 1, calendar.offsetMinutes).day),
    dueAt: toInstant(dueAt),
    reminders: period.reminders.map((at, i) => (i < reminded ? at : toInstant(toMs(at) + later))),
  };
}
