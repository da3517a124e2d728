import type { Wait } from '../../schemas/case.ts';
import type { Task } from '../../schemas/task.ts';
import { isOpen } from './find.ts';

/** Open tasks as waits: owned by whoever holds them, else by their unit. */
export function taskWaits(tasks: readonly Task[]): Wait[] {
  return tasks.filter(isOpen).map((task) => ({
    kind: 'TASK',
    owner: task.holder?.name ?? task.units.at(-1) ?? '',
    what: task.kind,
    since: task.openedAt,
    ...(task.dueAt === undefined ? {} : { until: task.dueAt }),
  }));
}
