import type { Task, TaskKind } from '../../schemas/task.ts';
import { DomainError } from '../error.ts';

export const isOpen = (task: Task): boolean => task.status === 'OPEN' || task.status === 'CLAIMED';

/** @throws DomainError EID_ERR_TASK_UNKNOWN, EID_ERR_TASK_CLOSED */
export function openTaskOf(tasks: readonly Task[], taskId: string): Task {
  const task = tasks.find((t) => t.id === taskId);
  if (!task) throw new DomainError('EID_ERR_TASK_UNKNOWN', { taskId });
  if (!isOpen(task)) throw new DomainError('EID_ERR_TASK_CLOSED', { taskId, status: task.status });
  return task;
}

/** The open task of one of the kinds, about the same thing if one is named. */
export const openTask = (tasks: readonly Task[], kind: TaskKind, about?: string): Task | undefined =>
  tasks.find((t) => t.kind === kind && isOpen(t) && (about === undefined || t.about === about));
