import type { UnitPlace } from '../../schemas/jurisdiction.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { Task, TaskEvent, TaskKind } from '../../schemas/task.ts';
import { dueDate } from '../calendar/due-date.ts';
import { highestNumber } from '../numbering.ts';
import { toInstant } from '../time.ts';
import { climbsOf } from './climbs.ts';
import { isOpen } from './find.ts';

export type TaskToOpen = {
  readonly kind: TaskKind;
  readonly place: UnitPlace;
  readonly about?: string;
  /** When the case itself is due; a task without a limit of its own is due then. */
  readonly caseDueAt?: string | undefined;
};

type TaskOpened = Extract<TaskEvent, { type: 'TaskOpened' }>;

/** Opens a task; its id counts the tasks of that kind in the case, `verify-2`. `ahead` are tasks opened in the same decision. */
export function openTaskEvent(
  tasks: readonly Task[],
  wanted: TaskToOpen,
  policy: CasePolicy,
  now: number,
): TaskOpened {
  const { role, limit } = policy.tasks[wanted.kind];
  const name = `${wanted.kind.toLowerCase().replaceAll('_', '-')}-`;
  const dueAt = limit
    ? toInstant(dueDate(policy.calendar, { receivedAt: now, limit }).dueAt)
    : wanted.caseDueAt;
  const climbs = climbsOf(
    { kind: wanted.kind, above: wanted.place.path.length - 1, openedAt: now, dueAt },
    policy,
  );
  return {
    type: 'TaskOpened',
    data: {
      taskId: `${name}${highestNumber(tasks, name) + 1}`,
      kind: wanted.kind,
      ...(wanted.about === undefined ? {} : { about: wanted.about }),
      role,
      unit: wanted.place.unit,
      unitPath: [...wanted.place.path],
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(climbs === undefined ? {} : { climbs }),
    },
  };
}

/** Ends every open task of a case that no longer needs them. */
export function cancelOpenTasks(tasks: readonly Task[], why: string): TaskEvent[] {
  return tasks.filter(isOpen).map((task) => ({ type: 'TaskCancelled', data: { taskId: task.id, why } }));
}
