import type { CasePolicy, EscalationRule } from '../../schemas/policy.ts';
import type { Task, TaskClimb, TaskEvent, TaskKind } from '../../schemas/task.ts';
import { localTime, startOfDay } from '../calendar/clock.ts';
import { indexCalendar, works } from '../calendar/index-calendar.ts';
import { toInstant, toMs } from '../time.ts';

type Opening = {
  readonly kind: TaskKind;
  /** Units above the task's own. */
  readonly above: number;
  readonly openedAt: number;
  readonly dueAt: string | undefined;
};

/** A policy that a case pinned before there were rules has none. */
type Rules = Pick<CasePolicy, 'calendar'> & Partial<Pick<CasePolicy, 'escalation'>>;

/**
 * When a task climbs unless it is done, the first first; rules of the same moment in the order of the policy. As many as there are
 * units above; none for a task without a limit, and no share of a time that was over when the task was opened. Undefined under a
 * policy that knows no rules.
 */
export function climbsOf({ kind, above, openedAt, dueAt }: Opening, policy: Rules): TaskClimb[] | undefined {
  const { escalation } = policy;
  if (escalation === undefined) return undefined;
  if (dueAt === undefined) return [];
  const due = toMs(dueAt);
  return escalation
    .filter(({ kinds }) => kinds === undefined || kinds.includes(kind))
    .filter(({ when }) => 'after' in when || due > openedAt)
    .map(({ id, when }): TaskClimb => {
      const at = momentOf(when, openedAt, due, policy);
      return { rule: id, cause: at < due ? 'DUE_SOON' : 'OVERDUE', at: toInstant(at) };
    })
    .sort((one, other) => toMs(one.at) - toMs(other.at))
    .slice(0, above);
}

const DAY_MS = 86_400_000;
/** The last instant whose year has four digits, as an instant in an event must. */
const LAST_INSTANT = Date.UTC(10_000, 0, 1) - 1;

function momentOf(
  when: EscalationRule['when'],
  openedAt: number,
  due: number,
  { calendar }: Pick<CasePolicy, 'calendar'>,
): number {
  if ('share' in when) return openedAt + Math.floor((due - openedAt) * when.share);
  const { amount, unit } = when.after;
  if (amount === 0) return due;
  if (unit === 'working_days') return workingDaysAfter(due, amount, calendar);
  // Calendar days are counted as they pass: a reminder to act is no limit of the law, and rolls over no holiday.
  return Math.min(due + amount * (unit === 'calendar_days' ? DAY_MS : 1), LAST_INSTANT);
}

/**
 * The end of the working day so many after the one on which a limit ends: a limit that ends with Tuesday ends at the first instant
 * of Wednesday. Days that the calendar does not cover count as they pass: a reminder may not keep anybody from opening a task.
 */
function workingDaysAfter(due: number, amount: number, calendar: CasePolicy['calendar']): number {
  const index = indexCalendar(calendar);
  let { day } = localTime(due - 1, calendar.offsetMinutes);
  for (let left = amount; left > 0; ) {
    day += 1;
    if (day < index.first || day > index.last) {
      day += left - 1;
      break;
    }
    if (works(index, day)) left -= 1;
  }
  return Math.min(startOfDay(day + 1, calendar.offsetMinutes), LAST_INSTANT);
}

/** The unit above all that the task is with already. */
export const nextUnitUp = (task: Task): string | undefined =>
  task.unitPath.find((unit) => !task.units.includes(unit));

/** One step up; where a person took it to the top before, the highest unit is told again. */
export function climbEvent(task: Task, { rule, cause }: TaskClimb): TaskEvent {
  const toUnit = nextUnitUp(task) ?? task.unitPath.at(-1) ?? task.units[0] ?? '';
  // Its case may have marked it before its own time was over.
  return {
    type: 'TaskEscalated',
    data: { taskId: task.id, toUnit, cause: task.overdue ? 'OVERDUE' : cause, rule },
  };
}
