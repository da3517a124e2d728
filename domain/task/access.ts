import type { Actor } from '../../schemas/actor.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { Colleague, Task, TaskKind } from '../../schemas/task.ts';
import { DomainError } from '../error.ts';

type Person = Pick<Actor, 'id' | 'roles' | 'unit'> | Colleague;

const isHead = (person: Person): boolean =>
  person.roles.includes('UNIT_HEAD') || person.roles.includes('C06_DIRECTOR');

/** Whether a person's role and unit fit a task. The head of a unit that a task was escalated to may do it as well. */
export function fits(task: Task, person: Person): boolean {
  if (person.unit === undefined) return false;
  const place = task.units.indexOf(person.unit);
  if (place < 0) return false;
  return person.roles.includes(task.role) || (place > 0 && isHead(person));
}

/** Whether a person heads a unit that answers for the task: its own or one above it. */
export function supervises(task: Task, person: Person): boolean {
  if (person.unit === undefined || !isHead(person)) return false;
  return task.unitPath.includes(person.unit) || task.units.includes(person.unit);
}

/** @throws DomainError EID_ERR_FORBIDDEN when role or unit do not fit. */
export function mustFit(task: Task, person: Person): void {
  if (!fits(task, person)) {
    throw new DomainError('EID_ERR_FORBIDDEN', { taskId: task.id, role: task.role, units: task.units });
  }
}

/** Steps that one person may not take beside a step of this kind. */
export function opposedKinds(kind: TaskKind, policy: Pick<CasePolicy, 'fourEyes'>): readonly TaskKind[] {
  return policy.fourEyes.flatMap(([one, other]) => (one === kind ? [other] : other === kind ? [one] : []));
}

/**
 * Four eyes: nobody answers for two opposed steps of a case, by whatever path the work came to them.
 * @throws DomainError EID_ERR_FOUR_EYES
 */
export function mustHaveFourEyes(
  tasks: readonly Task[],
  task: Task,
  personId: string,
  policy: Pick<CasePolicy, 'fourEyes'>,
): void {
  const opposed = opposedKinds(task.kind, policy);
  const other = tasks.find((t) => opposed.includes(t.kind) && t.responsible.includes(personId));
  if (other) throw new DomainError('EID_ERR_FOUR_EYES', { taskId: task.id, otherStep: other.kind });
}
