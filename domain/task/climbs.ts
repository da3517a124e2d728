import type { CasePolicy, EscalationRule } from '../../schemas/policy.ts';
import type { Task, TaskClimb, TaskEvent, TaskKind } from '../../schemas/task.ts';
import { dueDate } from '../calendar/due-date.ts';
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
 * units above; none for a task without a limit. Undefined under a policy that knows no rules.
 */
export function climbsOf({ kind, above, openedAt, dueAt }: Opening, policy: Rules): TaskClimb[] | undefined {
  const { escalation } = policy;
  if (escalation === undefined) return undefined;
  if (dueAt === undefined) return [];
  const due = toMs(dueAt);
  return escalation
    .filter(({ kinds }) => kinds === undefined || kinds.includes(kind))
    .map(({ id, when }): TaskClimb => {
      const at = momentOf(when, openedAt, due, policy);
      return { rule: id, cause: at < due ? 'DUE_SOON' : 'OVERDUE', at: toInstant(at) };
    })
    .sort((one, other) => toMs(one.at) - toMs(other.at))
    .slice(0, above);
}

const DAY_MS = 86_400_000;

function momentOf(
  when: EscalationRule['when'],
  openedAt: number,
  due: number,
  { calendar }: Pick<CasePolicy, 'calendar'>,
): number {
  if ('share' in when) return openedAt + Math.floor((due - openedAt) * when.share);
  const { amount, unit } = when.after;
  // Calendar days are counted as they pass: a reminder to act is no limit of the law, and rolls over no holiday.
  if (unit === 'working_days') return dueDate(calendar, { receivedAt: due, limit: when.after }).dueAt;
  return due + amount * (unit === 'calendar_days' ? DAY_MS : 1);
}

/** The unit above all that the task is with already. */
export const nextUnitUp = (task: Task): string | undefined =>
  task.unitPath.find((unit) => !task.units.includes(unit));

/** One step up; where a person took it to the top before, the highest unit is told again. */
export function climbEvent(task: Task, { rule, cause }: TaskClimb): TaskEvent {
  const toUnit = nextUnitUp(task) ?? task.unitPath.at(-1) ?? task.units[0] ?? '';
  return { type: 'TaskEscalated', data: { taskId: task.id, toUnit, cause, rule } };
}
