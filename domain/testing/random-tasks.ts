import type { Actor } from '../../schemas/actor.ts';
import type { Role } from '../../schemas/enums.ts';
import type { Task, TaskCommand } from '../../schemas/task.ts';
import { systemActor } from '../deciding.ts';
import { fits } from '../task/access.ts';
import { isOpen } from '../task/find.ts';
import { c06, colleague, commune, officer, otherCommune, pc06 } from './people.ts';
import type { Choices } from './random.ts';

/** Many hats on few heads: one person often fits opposed steps. */
const roles: readonly Role[] = ['VERIFICATION_OFFICER', 'UNIT_HEAD', 'RECEPTION_OFFICER'];
const c06Roles: readonly Role[] = ['C06_OFFICER', 'C06_DIRECTOR', 'CALL_CENTRE', 'VERIFICATION_OFFICER'];

export const staff: readonly Actor[] = [
  officer('o1', commune, ...roles),
  officer('o2', commune, ...roles),
  officer('o3', commune, ...roles),
  officer('p1', pc06, ...roles),
  officer('p2', pc06, ...roles),
  officer('c1', c06, ...c06Roles),
  officer('c2', c06, ...c06Roles),
  officer('c3', c06, 'CALL_CENTRE', 'C06_OFFICER'),
  officer('x1', otherCommune, ...roles),
];

/** Whoever the task fits, most times; else anybody. */
export function worker(c: Choices, task: Task | undefined): Actor {
  const fitting = task ? staff.filter((person) => fits(task, person)) : [];
  const holder = staff.find((person) => person.id === task?.holder?.id);
  if (holder && !c.once(4)) return holder;
  return (c.once(6) ? undefined : c.one(fitting)) ?? c.one(staff) ?? officer('o1', commune, ...roles);
}

/** An open task, most times; else any, or one that is not there. */
export function someTask(c: Choices, tasks: readonly Task[]): Task | undefined {
  return c.once(10) ? c.one(tasks) : c.one(tasks.filter(isOpen));
}

/** A random command on a task, by a person who may often give it. */
export function taskCommand(c: Choices, tasks: readonly Task[]): { actor: Actor; command: TaskCommand } {
  const task = someTask(c, tasks);
  const taskId = task?.id ?? 'verify-9';
  const actor = worker(c, task);
  const seen = c.once(5) ? { taskVersion: c.below(4) } : {};
  const others = staff.filter((person) => task && fits(task, person) && person.id !== task.holder?.id);
  const to = colleague((c.once(4) ? undefined : c.one(others)) ?? worker(c, task));
  const commands: readonly [TaskCommand, ...TaskCommand[]] = [
    { type: 'ClaimTask', data: { taskId, ...seen } },
    { type: 'ReleaseTask', data: { taskId } },
    { type: 'ReassignTask', data: { taskId, to, ...seen } },
    { type: 'DelegateTask', data: { taskId, to } },
    { type: 'EscalateTask', data: { taskId } },
    { type: 'MarkTaskOverdue', data: { taskId } },
    { type: 'EscalateDueTask', data: { taskId, rule: task?.climbs?.[0]?.rule ?? 'none' } },
  ];
  const command = c.one(commands);
  return (command.type === 'MarkTaskOverdue' || command.type === 'EscalateDueTask') && !c.once(4)
    ? { actor: systemActor, command }
    : { actor, command };
}
