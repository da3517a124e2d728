import type { Actor } from '../../schemas/actor.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { Colleague, PersonRef, Task, TaskCommand, TaskEvent } from '../../schemas/task.ts';
import { mustBeSystem } from '../deciding.ts';
import { DomainError } from '../error.ts';
import { toMs } from '../time.ts';
import { mustFit, mustHaveFourEyes, supervises } from './access.ts';
import { climbEvent, nextUnitUp } from './climbs.ts';
import { isOpen, openTaskOf } from './find.ts';

export const personRef = (person: Actor | Colleague): PersonRef => ({
  id: person.id,
  name: person.name,
  ...(person.unit === undefined ? {} : { unit: person.unit }),
});

const withNote = (note: string | undefined) => (note === undefined ? {} : { note });

function mustBeSeen(task: Task, taskVersion: number | undefined): void {
  if (taskVersion !== undefined && taskVersion !== task.version) {
    throw new DomainError('EID_ERR_TASK_CHANGED', { taskId: task.id, version: task.version });
  }
}

/** Colleagues who could do a task are told who has it. */
export const heldByAnother = ({ id, holder }: Task): DomainError =>
  new DomainError('EID_ERR_TASK_HELD', { taskId: id, holder: holder?.name, holderUnit: holder?.unit });

function mayHandOver(task: Task, actor: Actor): void {
  if (!supervises(task, actor)) {
    throw new DomainError('EID_ERR_FORBIDDEN', {
      taskId: task.id,
      needed: 'head of the unit or of one above',
    });
  }
}

/**
 * Decides the commands that every task understands.
 * @throws DomainError EID_ERR_TASK_UNKNOWN, _CLOSED, _HELD, _NOT_HELD, _CHANGED, EID_ERR_FORBIDDEN, EID_ERR_FOUR_EYES
 */
export function decideTask(
  command: CommandOf<TaskCommand>,
  tasks: readonly Task[],
  policy: CasePolicy,
  now: number,
): TaskEvent[] {
  const { actor } = command;
  if (command.type === 'MarkTaskOverdue' || command.type === 'EscalateDueTask') {
    mustBeSystem(command);
    const { taskId } = command.data;
    return command.type === 'MarkTaskOverdue'
      ? markOverdue(tasks, taskId, now)
      : climb(tasks, taskId, command.data.rule, now);
  }
  const task = openTaskOf(tasks, command.data.taskId);
  const { taskId } = command.data;
  switch (command.type) {
    case 'ClaimTask': {
      mustFit(task, actor);
      if (task.holder?.id === actor.id) return [];
      if (task.holder) throw heldByAnother(task);
      mustBeSeen(task, command.data.taskVersion);
      mustHaveFourEyes(tasks, task, actor.id, policy);
      return [{ type: 'TaskClaimed', data: { taskId, holder: personRef(actor) } }];
    }
    case 'ReleaseTask': {
      if (!task.holder) throw new DomainError('EID_ERR_TASK_NOT_HELD', { taskId });
      if (task.holder.id !== actor.id) mayHandOver(task, actor);
      return [{ type: 'TaskReleased', data: { taskId, ...withNote(command.data.note) } }];
    }
    case 'ReassignTask': {
      mayHandOver(task, actor);
      mustBeSeen(task, command.data.taskVersion);
      mustFit(task, command.data.to);
      mustHaveFourEyes(tasks, task, command.data.to.id, policy);
      const from = task.holder ? { from: task.holder } : {};
      const to = personRef(command.data.to);
      return [{ type: 'TaskReassigned', data: { taskId, ...from, to, ...withNote(command.data.note) } }];
    }
    case 'DelegateTask': {
      if (task.holder?.id !== actor.id) throw new DomainError('EID_ERR_TASK_NOT_HELD', { taskId });
      if (command.data.to.id === actor.id) throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId });
      mustFit(task, command.data.to);
      mustHaveFourEyes(tasks, task, command.data.to.id, policy);
      const to = personRef(command.data.to);
      return [
        { type: 'TaskDelegated', data: { taskId, from: task.holder, to, ...withNote(command.data.note) } },
      ];
    }
    case 'EscalateTask': {
      if (task.holder?.id !== actor.id) mayHandOver(task, actor);
      const toUnit = nextUnitUp(task);
      if (toUnit === undefined)
        throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId, why: 'no unit above' });
      return [
        { type: 'TaskEscalated', data: { taskId, toUnit, cause: 'PERSON', ...withNote(command.data.note) } },
      ];
    }
  }
}

/** A task past its time is marked and shown to the next unit up; nothing is decided by it. */
function markOverdue(tasks: readonly Task[], taskId: string, now: number): TaskEvent[] {
  const task = tasks.find((t) => t.id === taskId && isOpen(t) && !t.overdue);
  if (!task?.dueAt || now < toMs(task.dueAt)) return [];
  return overdueEvents(task, task.dueAt);
}

/** A rule of the policy whose time has come; out of place it decides to nothing. */
function climb(tasks: readonly Task[], taskId: string, rule: string, now: number): TaskEvent[] {
  const task = tasks.find((t) => t.id === taskId && isOpen(t));
  const due = task?.climbs?.find((one) => one.rule === rule);
  return task && due && now >= toMs(due.at) ? [climbEvent(task, due)] : [];
}

/**
 * Overdue. What climbs by a rule at that very moment climbs with it; a case that pinned a policy without rules goes one unit up, if there
 * is one.
 */
export function overdueEvents(task: Task, dueAt: string): TaskEvent[] {
  const overdue: TaskEvent = { type: 'TaskOverdue', data: { taskId: task.id, dueAt } };
  if (task.climbs) {
    const now = task.climbs.find(({ at }) => at === dueAt);
    return now ? [overdue, climbEvent(task, now)] : [overdue];
  }
  const toUnit = nextUnitUp(task);
  return toUnit === undefined
    ? [overdue]
    : [overdue, { type: 'TaskEscalated', data: { taskId: task.id, toUnit, cause: 'OVERDUE' } }];
}
