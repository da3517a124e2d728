import { describe, expect, it } from 'vitest';
import type { Task, TaskKind } from '../../schemas/task.ts';
import { c06 } from '../testing/people.ts';
import { decree } from '../testing/policy.spec.ts';
import { evolveTasks, withoutOldTasks } from './evolve.ts';
import { openTaskEvent } from './open.ts';
import { c06Place } from './place.ts';

const at = '2025-03-10T02:00:00.000Z';
const by = { id: 'system', name: 'Org eID' };

function opened(tasks: readonly Task[], kind: TaskKind): Task[] {
  const event = openTaskEvent(tasks, { kind, place: c06Place(decree) }, decree, Date.parse(at));
  return evolveTasks(tasks, { ...event, at, by });
}
const ended = (tasks: readonly Task[], taskId: string): Task[] =>
  evolveTasks(tasks, { type: 'TaskCancelled', data: { taskId, why: 'x' }, at, by });
const story = (...kinds: TaskKind[]) => kinds.reduce<Task[]>(opened, []);
const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id);

describe('old tasks', () => {
  const five = story('CHASE_SERVICE', 'CHASE_SERVICE', 'CHASE_SERVICE', 'CHASE_SERVICE', 'REVIEW_OWNER');
  it('are forgotten when newer ones have ended, the open ones never', () => {
    const done = ['chase-service-1', 'chase-service-2', 'chase-service-4'].reduce(ended, five);
    expect(ids(withoutOldTasks(done, 2))).toEqual([
      'chase-service-2',
      'chase-service-3',
      'chase-service-4',
      'review-owner-1',
    ]);
    expect(withoutOldTasks(five, 1)).toBe(five);
  });
  it('leave the newest of each kind, so that the next of that kind has an id of its own', () => {
    const done = ids(five).reduce(ended, five);
    const left = withoutOldTasks(done, 0);
    expect(ids(left)).toEqual(['chase-service-4', 'review-owner-1']);
    expect(ids(opened(left, 'CHASE_SERVICE')).at(-1)).toBe('chase-service-5');
  });
  it('count on from the highest id where one is missing, and as ever where none is', () => {
    expect(ids(story('VERIFY', 'CONFIRM', 'VERIFY'))).toEqual(['verify-1', 'confirm-1', 'verify-2']);
    const first = story('VERIFY', 'VERIFY').slice(1);
    expect(ids(opened(first, 'VERIFY'))).toEqual(['verify-2', 'verify-3']);
    expect(first[0]?.unitPath).toEqual(c06);
  });
});
