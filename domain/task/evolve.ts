import type { Fact } from '../../schemas/case.ts';
import type { PersonRef, Task, TaskEvent } from '../../schemas/task.ts';
import { isOpen } from './find.ts';

const withResponsible = (task: Task, ...people: readonly (PersonRef | undefined)[]): string[] => {
  const ids = people.flatMap((person) => (person === undefined ? [] : [person.id]));
  return [...new Set([...task.responsible, ...ids])];
};

const without = (task: Task): Omit<Task, 'holder'> => {
  const { holder: _, ...rest } = task;
  return rest;
};

function evolveTask(task: Task, event: Fact<TaskEvent>): Task {
  const version = task.version + 1;
  switch (event.type) {
    case 'TaskOpened':
      return task;
    case 'TaskClaimed':
      return { ...task, version, status: 'CLAIMED', holder: event.data.holder };
    case 'TaskReleased':
      return { ...without(task), version, status: 'OPEN' };
    case 'TaskReassigned':
    case 'TaskDelegated': {
      const { from, to } = event.data;
      const responsible = withResponsible(task, from, to);
      return { ...task, version, status: 'CLAIMED', holder: to, responsible };
    }
    case 'TaskEscalated': {
      const { toUnit, rule } = event.data;
      const units = task.units.includes(toUnit) ? task.units : [...task.units, toUnit];
      const climbs = task.climbs?.filter((climb) => climb.rule !== rule);
      const kept = climbs === undefined ? {} : { climbs };
      return event.data.cause === 'PERSON'
        ? {
            ...without(task),
            version,
            units,
            status: 'OPEN',
            responsible: withResponsible(task, task.holder),
          }
        : { ...task, version, units, ...kept };
    }
    case 'TaskOverdue':
      return { ...task, version, overdue: true };
    case 'TaskCompleted':
      return {
        ...without(task),
        version,
        status: 'COMPLETED',
        responsible: withResponsible(task, event.data.by),
      };
    case 'TaskCancelled':
      return { ...without(task), version, status: 'CANCELLED' };
  }
}

const taskEventTypes: ReadonlySet<string> = new Set<TaskEvent['type']>([
  'TaskOpened',
  'TaskClaimed',
  'TaskReleased',
  'TaskReassigned',
  'TaskDelegated',
  'TaskEscalated',
  'TaskOverdue',
  'TaskCompleted',
  'TaskCancelled',
]);

export const isTaskEvent = (event: Fact<{ type: string; data: unknown }>): event is Fact<TaskEvent> =>
  taskEventTypes.has(event.type);

/** The tasks of a case after one of their events. */
export function evolveTasks(tasks: readonly Task[], event: Fact<TaskEvent>): Task[] {
  if (event.type !== 'TaskOpened') {
    return tasks.map((task) => (task.id === event.data.taskId ? evolveTask(task, event) : task));
  }
  const { taskId, unit, unitPath, kind, about, role, dueAt, climbs } = event.data;
  const task: Task = {
    id: taskId,
    kind,
    ...(about === undefined ? {} : { about }),
    role,
    units: [unit],
    unitPath,
    status: 'OPEN',
    openedAt: event.at,
    ...(dueAt === undefined ? {} : { dueAt }),
    overdue: false,
    responsible: [],
    version: 1,
    ...(climbs === undefined ? {} : { climbs }),
  };
  return [...tasks, task];
}

/**
 * The tasks without those that ended long ago: all that are open, the newest of the others, and the newest of each kind, since the next
 * of that kind counts on from its id. Not for cases with four eyes: who answered for a step must stay known there.
 */
export function withoutOldTasks(tasks: Task[], ended: number): Task[] {
  const newest = new Map(tasks.map(({ kind, id }) => [kind, id]));
  const old = tasks
    .filter((task) => !isOpen(task))
    .slice(0, -Math.max(ended, 1))
    .filter(({ kind, id }) => newest.get(kind) !== id);
  if (old.length === 0) return tasks;
  const forgotten = new Set(old.map(({ id }) => id));
  return tasks.filter(({ id }) => !forgotten.has(id));
}
