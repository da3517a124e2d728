import type { Onlooker } from '../../domain/inbox/sight.ts';
import type { InboxQuery } from '../../schemas/inbox.ts';
import { isAny, isDueKey, isInstantUs } from './cursor.ts';
import { lanesOf } from './lanes.ts';

type Bind = (value: unknown) => string;

/** The order of every inbox: by due time, tasks without one last, then by opening; the rest makes it one order. */
export const KEY = 'due_key, opened_at, stream, task_id';

/** The columns of a key as text, to the microsecond and the same in every session. */
export const keyText = (table: string): string =>
  `case when ${table}.due_key = 'infinity' then 'infinity' else orgeid.instant_us(${table}.due_key) end as due_key,
   orgeid.instant_us(${table}.opened_at) as opened_key`;

export const keyParts = [isDueKey, isInstantUs, isAny, isAny];
const keyTypes = ['::timestamptz', '::timestamptz', '::text', '::text'];

/**
 * SQL of the keys of at most `most` tasks of an inbox, in order; undefined when the person sees none of it.
 *
 * @param from key of the last task of the page before
 */
export function keysOf(
  person: Onlooker,
  query: InboxQuery,
  most: number,
  from: readonly string[] | undefined,
  bind: Bind,
): string | undefined {
  const range = [
    ...(query.dueBefore === undefined ? [] : [`due_key < ${bind(query.dueBefore)}::timestamptz`]),
    ...(from ? [`(${KEY}) > (${from.map((part, i) => bind(part) + (keyTypes[i] ?? '')).join(', ')})`] : []),
  ];
  const end = `order by ${KEY} limit ${bind(most)}`;
  if (query.view === 'mine') return `${held(person, query, range, bind)} ${end}`;
  const lanes = lanesOf(person, query.view, query, bind);
  if (lanes === undefined) return undefined;
  return `select one.* from orgeid.lanes l cross join lateral (
      select ${KEY} from orgeid.inbox where ${['lane = l.id', ...range].join(' and ')} ${end}) one
    where ${lanes} ${end}`;
}

function held(
  person: Onlooker,
  { kinds, overdue, free }: InboxQuery,
  range: readonly string[],
  bind: Bind,
): string {
  const where = [
    `holder = ${bind(person.id)}`,
    "status = 'CLAIMED'",
    ...(kinds ? [`kind = any (${bind(kinds)})`] : []),
    ...(overdue === undefined ? [] : [`overdue = ${bind(overdue)}`]),
    ...(free ? ['false'] : []),
    ...range,
  ];
  return `select ${KEY} from orgeid.tasks where ${where.join(' and ')}`;
}
