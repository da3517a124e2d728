import type { Actor } from '../../schemas/actor.ts';
import type { Role } from '../../schemas/enums.ts';
import type { InboxView } from '../../schemas/inbox.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { Task } from '../../schemas/task.ts';
import { fits, opposedKinds, supervises } from '../task/access.ts';
import { isOpen } from '../task/find.ts';

export type Onlooker = Pick<Actor, 'id' | 'roles' | 'unit'>;

const heads: readonly Role[] = ['UNIT_HEAD', 'C06_DIRECTOR'];

/** Whether a person heads their unit. */
export const isHeadOf = ({ unit, roles }: Onlooker): boolean =>
  unit !== undefined && heads.some((role) => roles.includes(role));

/** Whether a task concerns a person: held, to be done, or to be answered for as head. */
export const sees = (task: Task, person: Onlooker): boolean =>
  task.holder?.id === person.id || fits(task, person) || supervises(task, person);

/** The inboxes in which a person finds a task. */
export function viewsOf(task: Task, person: Onlooker): InboxView[] {
  const { unit } = person;
  if (!isOpen(task)) return [];
  const mine = task.holder?.id === person.id;
  if (unit === undefined) return mine ? ['mine'] : [];
  const heads = supervises(task, person);
  const ofUnit = task.units.includes(unit) && (heads || fits(task, person));
  const below = heads && task.units[0] !== unit && task.unitPath.includes(unit);
  return [
    ...(mine ? (['mine'] as const) : []),
    ...(ofUnit ? (['unit'] as const) : []),
    ...(below ? (['below'] as const) : []),
  ];
}

/** Whether a person may claim a task at this moment; `tasks` are all of the case. */
export function mayClaim(
  task: Task,
  tasks: readonly Task[],
  person: Onlooker,
  policy: Pick<CasePolicy, 'fourEyes'>,
): boolean {
  const opposed = opposedKinds(task.kind, policy);
  return (
    task.status === 'OPEN' &&
    fits(task, person) &&
    !tasks.some(({ kind, responsible }) => opposed.includes(kind) && responsible.includes(person.id))
  );
}
