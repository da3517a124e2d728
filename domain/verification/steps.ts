import type { Limit } from '../../schemas/policy.ts';
import type { Task, TaskKind } from '../../schemas/task.ts';
import { dueDate } from '../calendar/due-date.ts';
import { DomainError } from '../error.ts';
import { mustFit, mustHaveFourEyes } from '../task/access.ts';
import { completeTask } from '../task/complete.ts';
import { heldByAnother, personRef } from '../task/decide.ts';
import { isOpen, openTaskOf } from '../task/find.ts';
import { openTaskEvent } from '../task/open.ts';
import { toInstant } from '../time.ts';
import { type Decision, type Rules, waitedFor } from './state.ts';

export type StepKind = Extract<TaskKind, 'ANSWER_VERIFICATION' | 'CHASE_VERIFICATION'>;

/** The end of a limit that starts now. */
export const endOf = (d: Decision, rules: Rules, limit: Limit): string =>
  toInstant(dueDate(rules.calendar, { receivedAt: d.now, limit }).dueAt);

/** Opens the task of the body, or of the unit that asks. */
export function openStep(d: Decision, rules: Rules, kind: StepKind): void {
  const { office, asker } = waitedFor(d.state);
  const place = kind === 'ANSWER_VERIFICATION' ? office : asker;
  const caseDueAt = kind === 'ANSWER_VERIFICATION' ? d.state.dueAt : undefined;
  const opened = openTaskEvent(d.state.tasks, { kind, place, caseDueAt }, rules, d.now);
  // C06 has no verifying officers: there its own officer chases.
  const ofC06 = kind === 'CHASE_VERIFICATION' && asker.unit === rules.c06Unit;
  d.add(ofC06 ? { ...opened, data: { ...opened.data, role: 'C06_OFFICER' } } : opened);
}

export function finish(d: Decision, rules: Rules, kind: StepKind, taskId: string): void {
  d.add(...completeTask(d.state.tasks, taskId, kind, d.actor, rules).events);
}

/** Work on a task that stays open: whoever does it holds it from then on. */
export function workOn(d: Decision, rules: Rules, kind: StepKind, taskId: string): void {
  const task = openTaskOf(d.state.tasks, taskId);
  if (task.kind !== kind) throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId, kind: task.kind });
  mustFit(task, d.actor);
  if (task.holder && task.holder.id !== d.actor.id) throw heldByAnother(task);
  mustHaveFourEyes(d.state.tasks, task, d.actor.id, rules);
  if (!task.holder) d.add({ type: 'TaskClaimed', data: { taskId, holder: personRef(d.actor) } });
}

/** The body's open task; there is one for as long as an answer is waited for. */
export const bodyTask = (tasks: readonly Task[]): Task | undefined =>
  tasks.find((task) => task.kind === 'ANSWER_VERIFICATION' && isOpen(task));
