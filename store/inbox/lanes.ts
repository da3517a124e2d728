import { isHeadOf, type Onlooker } from '../../domain/inbox/sight.ts';
import type { InboxFilters, InboxView } from '../../schemas/inbox.ts';

type Bind = (value: unknown) => string;

/**
 * The lanes of `orgeid.lanes l` that a person may look into: of the own unit those of the own roles, for its head all; of the
 * units below, for their head only. Undefined: none.
 */
export function lanesOf(
  person: Onlooker,
  view: Exclude<InboxView, 'mine'>,
  { kinds, overdue, free }: InboxFilters,
  bind: Bind,
): string | undefined {
  const head = isHeadOf(person);
  if (person.unit === undefined || (view === 'below' && !head)) return undefined;
  return [
    `l.view = '${view}'`,
    `l.unit = ${bind(person.unit)}`,
    ...(head ? [] : [`l.role = any (${bind(person.roles)})`]),
    ...(kinds ? [`l.kind = any (${bind(kinds)})`] : []),
    ...(overdue === undefined ? [] : [`l.overdue = ${bind(overdue)}`]),
    ...(free === undefined ? [] : [`l.free = ${bind(free)}`]),
  ].join(' and ');
}
