import type { Task } from '../schemas/task.ts';
import { fromCursor, isAny, toCursor } from './inbox/cursor.ts';
import { KEY, keyParts, keyText } from './inbox/keys.ts';
import { binding } from './inbox/statement.ts';
import type { Queryable } from './pool.ts';

/** A list of requests that wait for the Director. Instants are ISO 8601 UTC. */
export type WaitingList = {
  readonly list: string;
  readonly waiting: number;
  readonly overdue: number;
  /** When the first of them was proposed. */
  readonly since: string;
  /** When the first of them is due. */
  readonly dueAt?: string;
};

/** A request on a list, with its state and the task to decide it. */
export type ProposedRequest = {
  readonly stream: string;
  readonly version: number;
  readonly status: string;
  readonly title: string;
  readonly state: unknown;
  readonly task: Task;
};

type Page<Item> = { readonly items: readonly Item[]; readonly next?: string };
type Paging = { readonly limit: number; readonly after?: string | undefined };

/** As the index `tasks_lists` has it. */
const LIST = `((task ->> 'about') collate "C")`;
const WAITS = `kind = 'DECIDE' and status in ('OPEN', 'CLAIMED')`;
const keyTypes = ['::timestamptz', '::timestamptz', '::text', '::text'];

/**
 * The lists on which something waits, by name.
 *
 * @throws DomainError `EID_ERR_SHAPE` when `after` is not the cursor of a page before
 */
export async function waitingLists(db: Queryable, { limit, after }: Paging): Promise<Page<WaitingList>> {
  const [from] = after === undefined ? [] : fromCursor('proposal-lists', after, [isAny]);
  const { bind, statement } = binding();
  const { rows } = await db.query<
    Omit<WaitingList, 'since' | 'dueAt'> & { since: Date; due_at: Date | null }
  >(
    statement(`select ${LIST} as list, count(*)::integer as waiting, (count(*) filter (where overdue))::integer as overdue,
        min(opened_at) as since, min(due_at) as due_at
      from orgeid.tasks where ${WAITS} and ${from === undefined ? `${LIST} is not null` : `${LIST} > ${bind(from)}`}
      group by ${LIST} order by ${LIST} limit ${bind(limit)}`),
  );
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    items: rows.map(({ since, due_at, ...row }) => ({
      ...row,
      since: since.toISOString(),
      ...(due_at === null ? {} : { dueAt: due_at.toISOString() }),
    })),
    ...(last ? { next: toCursor('proposal-lists', [last.list]) } : {}),
  };
}

/**
 * What waits on a list, in the order of an inbox: the earliest due first.
 *
 * @throws DomainError `EID_ERR_SHAPE` when `after` is not the cursor of a page of this list
 */
export async function proposedOn(
  db: Queryable,
  list: string,
  { limit, after }: Paging,
): Promise<Page<ProposedRequest>> {
  const from = after === undefined ? undefined : fromCursor({ list }, after, keyParts);
  const { bind, statement } = binding();
  const where = [
    WAITS,
    `${LIST} = ${bind(list)}`,
    ...(from ? [`(${KEY}) > (${from.map((part, i) => bind(part) + (keyTypes[i] ?? '')).join(', ')})`] : []),
  ];
  const { rows } = await db.query<ProposedRequest & { due_key: string; opened_key: string }>(
    statement(`select c.stream, c.version, c.status, c.title, c.state, t.task, ${keyText('t')}
      from (select ${KEY}, task from orgeid.tasks where ${where.join(' and ')} order by ${KEY} limit ${bind(limit)}) t
      join orgeid.cases c on c.stream = t.stream
      order by t.due_key, t.opened_at, t.stream, t.task_id`),
  );
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    items: rows.map(({ due_key: _, opened_key: __, ...row }) => row),
    ...(last ? { next: toCursor({ list }, [last.due_key, last.opened_key, last.stream, last.task.id]) } : {}),
  };
}

/** One task of one case. */
export type TaskRef = { readonly stream: string; readonly taskId: string };

/** Which of these tasks, open or not, are of decisions on a list; in the order given. */
export async function areOnList(
  db: Queryable,
  list: string,
  tasks: readonly TaskRef[],
): Promise<readonly boolean[]> {
  const { rows } = await db.query<{ n: number }>({
    name: 'are-on-list',
    text: `select u.n::integer as n from unnest($2::text[], $3::text[]) with ordinality u (stream, task_id, n)
      join orgeid.tasks t on t.stream = u.stream and t.task_id = u.task_id
      where t.kind = 'DECIDE' and (t.task ->> 'about') collate "C" = $1`,
    values: [list, tasks.map(({ stream }) => stream), tasks.map(({ taskId }) => taskId)],
  });
  const on = new Set(rows.map(({ n }) => n));
  return tasks.map((_, i) => on.has(i + 1));
}
