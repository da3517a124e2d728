import type { ActivationPeriod } from '../../schemas/account.ts';
import type { CasePolicy, Limit } from '../../schemas/policy.ts';
import { dueDate } from '../calendar/due-date.ts';
import { toInstant } from '../time.ts';

const DAY_MS = 86_400_000;

/** When a reminder goes out: so many days after receipt, at the same time of day; working days by the calendar. */
function reminderAt(receivedAt: number, after: Limit, policy: CasePolicy): number {
  switch (after.unit) {
    case 'milliseconds':
      return receivedAt + after.amount;
    case 'calendar_days':
      return receivedAt + after.amount * DAY_MS;
    case 'working_days':
      return dueDate(policy.calendar, { receivedAt, limit: after }).dueAt;
  }
}

/** The activation period from receipt of the notice (Art 14(1)), with the policy's reminders that fall within it. */
export function activationPeriod(receivedAt: number, policy: CasePolicy): ActivationPeriod {
  const due = dueDate(policy.calendar, { receivedAt, limit: policy.limitActivation });
  const reminders = policy.activationReminders
    .map((after) => reminderAt(receivedAt, after, policy))
    .filter((at) => at < due.dueAt)
    .sort((one, other) => one - other);
  return {
    noticeReceivedAt: toInstant(receivedAt),
    dueOn: due.dueOn,
    dueAt: toInstant(due.dueAt),
    reminders: reminders.map(toInstant),
  };
}
