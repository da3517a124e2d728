import type { Task, TaskCommand } from '../../schemas/task.ts';
import type { Deadline } from '../decider.ts';
import { toMs } from '../time.ts';
import { isOpen } from './find.ts';

/** The next task to fall overdue. */
export function taskDeadlines(tasks: readonly Task[]): Deadline<TaskCommand>[] {
  return tasks.flatMap((task) =>
    isOpen(task) && !task.overdue && task.dueAt !== undefined
      ? [{ at: toMs(task.dueAt), command: { type: 'MarkTaskOverdue', data: { taskId: task.id } } }]
      : [],
  );
}

/** The earliest of some deadlines; the first of equals. */
export function earliest<C>(deadlines: readonly Deadline<C>[]): Deadline<C> | undefined {
  return deadlines.reduce<Deadline<C> | undefined>(
    (first, next) => (first === undefined || next.at < first.at ? next : first),
    undefined,
  );
}
