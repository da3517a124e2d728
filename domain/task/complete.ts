import type { Actor } from '../../schemas/actor.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { Task, TaskEvent, TaskKind } from '../../schemas/task.ts';
import { DomainError } from '../error.ts';
import { mustFit, mustHaveFourEyes } from './access.ts';
import { heldByAnother, personRef } from './decide.ts';
import { openTaskOf } from './find.ts';

/**
 * Completes a task of the kind expected. A task that nobody holds is claimed in the same step, so that a person who
 * may do the work needs one command for it.
 * @throws DomainError as decideTask, and EID_ERR_OUT_OF_PLACE when the task is of another kind
 */
export function completeTask(
  tasks: readonly Task[],
  taskId: string,
  kind: TaskKind,
  actor: Actor,
  policy: CasePolicy,
): { readonly task: Task; readonly events: TaskEvent[] } {
  const task = openTaskOf(tasks, taskId);
  if (task.kind !== kind) throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId, kind: task.kind });
  mustFit(task, actor);
  if (task.holder && task.holder.id !== actor.id) throw heldByAnother(task);
  mustHaveFourEyes(tasks, task, actor.id, policy);
  const by = personRef(actor);
  const claimed: TaskEvent[] = task.holder ? [] : [{ type: 'TaskClaimed', data: { taskId, holder: by } }];
  return { task, events: [...claimed, { type: 'TaskCompleted', data: { taskId, by } }] };
}
