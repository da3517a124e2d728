import type { Task } from '../schemas/task.ts';
import { canonical } from './body.ts';

/** Each task as it is, and the position of the append that last changed it. */
export type Changed = ReadonlyMap<string, { readonly task: Task; readonly position: number }>;

/** The tasks of a case after an append that ended at `position`. */
export const changedBy = (before: Changed, tasks: readonly Task[], position: number): Changed =>
  new Map(
    tasks.map((task) => {
      const known = before.get(task.id);
      const same = known && (known.task === task || canonical(known.task) === canonical(task));
      return [task.id, same ? known : { task, position }];
    }),
  );
