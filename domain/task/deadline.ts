import type { Task, TaskCommand } from '../../schemas/task.ts';
import type { Deadline } from '../decider.ts';
import { toMs } from '../time.ts';
import { isOpen } from './find.ts';

/** When tasks fall overdue, and when they climb. */
export function taskDeadlines(tasks: readonly Task[]): Deadline<TaskCommand>[] {
  return tasks.filter(isOpen).flatMap((task): Deadline<TaskCommand>[] => {
    const { id: taskId, overdue, dueAt, climbs = [] } = task;
    const [climb] = climbs;
    return [
      ...(!overdue && dueAt !== undefined
        ? [{ at: toMs(dueAt), command: { type: 'MarkTaskOverdue' as const, data: { taskId } } }]
        : []),
      ...(climb
        ? [
            {
              at: toMs(climb.at),
              command: { type: 'EscalateDueTask' as const, data: { taskId, rule: climb.rule } },
            },
          ]
        : []),
    ];
  });
}

/** The earliest of some deadlines; the first of equals. */
export function earliest<C>(deadlines: readonly Deadline<C>[]): Deadline<C> | undefined {
  return deadlines.reduce<Deadline<C> | undefined>(
    (first, next) => (first === undefined || next.at < first.at ? next : first),
    undefined,
  );
}
