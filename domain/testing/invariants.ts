import type { CaseView, Fact } from '../../schemas/case.ts';
import type { Task, TaskEvent, TaskKind } from '../../schemas/task.ts';
import type { Body } from '../decider.ts';
import { isTaskEvent } from '../task/evolve.ts';

/** Fails a property with what was found. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Freezes data all the way down, so that a function which is not pure fails. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}

/** An open task is held by one person or by none, and says so in its status alike. */
export function mustHoldTasksOnce(tasks: readonly Task[]): void {
  must(new Set(tasks.map((t) => t.id)).size === tasks.length, 'two tasks have one id');
  for (const task of tasks) {
    must(
      (task.status === 'CLAIMED') === (task.holder !== undefined),
      `${task.id} is ${task.status} and its holder differs`,
    );
  }
}

/** Every event of a task fits the one before it: nobody takes what is held, and nothing befalls what has ended. */
export function mustPassTasksOn(history: readonly Fact<Body>[]): void {
  const holders = new Map<string, string | undefined>();
  const ended = new Set<string>();
  for (const fact of history) {
    if (!isTaskEvent(fact)) continue;
    const { taskId } = fact.data;
    must(!ended.has(taskId), `${fact.type} after the end of ${taskId}`);
    const holder = holders.get(taskId);
    if (fact.type === 'TaskClaimed')
      must(holder === undefined, `${taskId} was claimed while ${holder} held it`);
    if (fact.type === 'TaskCompleted')
      must(holder === fact.data.by.id, `${taskId} was completed by another than ${holder}`);
    if (fact.type === 'TaskCompleted' || fact.type === 'TaskCancelled') ended.add(taskId);
    holders.set(taskId, holderAfter(fact, holder));
  }
}

function holderAfter(event: Fact<TaskEvent>, holder: string | undefined): string | undefined {
  switch (event.type) {
    case 'TaskClaimed':
      return event.data.holder.id;
    case 'TaskReassigned':
    case 'TaskDelegated':
      return event.data.to.id;
    case 'TaskOverdue':
      return holder;
    case 'TaskEscalated':
      return event.data.cause === 'PERSON' ? undefined : holder;
    default:
      return undefined;
  }
}

/** Whoever completed a step of a kind, or handed one on that was in their hands, read from the history alone. */
function answerers(history: readonly Fact<Body>[], kind: TaskKind): Set<string> {
  const ofKind = new Set<string>();
  const holders = new Map<string, string | undefined>();
  const people = new Set<string>();
  for (const fact of history) {
    if (!isTaskEvent(fact)) continue;
    if (fact.type === 'TaskOpened' && fact.data.kind === kind) ofKind.add(fact.data.taskId);
    const { taskId } = fact.data;
    if (!ofKind.has(taskId)) continue;
    const holder = holders.get(taskId);
    const handsOn =
      fact.type === 'TaskDelegated' ||
      fact.type === 'TaskReassigned' ||
      (fact.type === 'TaskEscalated' && fact.data.cause === 'PERSON');
    if (handsOn && holder !== undefined) people.add(holder);
    if (fact.type === 'TaskCompleted') people.add(fact.data.by.id);
    holders.set(taskId, holderAfter(fact, holder));
  }
  return people;
}

/** Nobody answers for both steps of a pair that the policy opposes. */
export function mustKeepFourEyes(
  history: readonly Fact<Body>[],
  pairs: readonly (readonly [TaskKind, TaskKind])[],
): void {
  for (const [one, other] of pairs) {
    const others = answerers(history, other);
    for (const person of answerers(history, one)) {
      must(!others.has(person), `${person} answers for ${one} and for ${other}`);
    }
  }
}

/** An open case is somebody's: every wait has an owner, and there is a wait or a deadline. */
export function mustWaitForSomebody(view: CaseView, hasDeadline: boolean): void {
  if (view.closed) return must(view.waits.length === 0, 'a closed case waits');
  must(view.waits.length > 0 || hasDeadline, `${view.status}: waits for nobody and nothing`);
  for (const wait of view.waits) {
    must(wait.owner !== '', `${view.status}: the wait for ${wait.what} has no owner`);
    must(!Number.isNaN(Date.parse(wait.since)), `${view.status}: the wait for ${wait.what} has no beginning`);
  }
}
