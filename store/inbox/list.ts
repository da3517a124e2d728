import type { Onlooker } from '../../domain/inbox/sight.ts';
import type { InboxItem, InboxPage, InboxQuery } from '../../schemas/inbox.ts';
import type { Queryable } from '../pool.ts';
import { readHead } from '../read.ts';
import { fromCursor, toCursor } from './cursor.ts';
import { keyParts, keysOf, keyText } from './keys.ts';
import { binding, type Statement } from './statement.ts';

/** How far a page looks for tasks of an age, which no index orders together with due time. */
const AGE_BUDGET = 500;

/** The last of the tasks that were looked at comes along even when it is not shown: the next page begins there. */
type Row = InboxItem & {
  readonly place: string;
  readonly shown: boolean;
  readonly due_key: string;
  readonly opened_key: string;
};
type Answer = { readonly position: string } & (Row | { readonly place: null });

/**
 * A page of what a person sees in an inbox: in order of due time, tasks without one last, then of opening, then of case and task.
 * Reads what the answer to the last command wrote. Takes a query of the shape `InboxQuery`.
 *
 * @throws DomainError `EID_ERR_SHAPE` when `after` is not the cursor of a page of this view and these filters
 */
export async function listInbox(db: Queryable, person: Onlooker, query: InboxQuery): Promise<InboxPage> {
  const { limit, after, ...question } = query;
  const from = after === undefined ? undefined : fromCursor(question, after, keyParts);
  const most = query.openedBefore === undefined ? limit : Math.max(limit, AGE_BUDGET);
  const statement = statementOf(person, query, most, from);
  if (!statement) return { items: [], position: (await readHead(db)).position };
  const { rows } = await db.query<Answer>(statement);
  const found = rows.filter((row) => row.place !== null);
  const shown = found.filter((row) => row.shown).slice(0, limit);
  const last = found.at(-1);
  const end = shown.length === limit ? shown.at(-1) : Number(last?.place) === most ? last : undefined;
  return {
    items: shown.map(toItem),
    ...(end ? { next: toCursor(question, [end.due_key, end.opened_key, end.stream, end.task.id]) } : {}),
    position: Number(rows[0]?.position),
  };
}

function statementOf(
  person: Onlooker,
  query: InboxQuery,
  most: number,
  from: readonly string[] | undefined,
): Statement | undefined {
  const { bind, statement } = binding();
  const keys = keysOf(person, query, most, from, bind);
  if (keys === undefined) return undefined;
  const { openedBefore } = query;
  const shown = openedBefore === undefined ? 'true' : `k.opened_at < ${bind(openedBefore)}::timestamptz`;
  return statement(`
    select h.position, r.* from orgeid.log_head h left join (
      select n.place, n.shown, ${keyText('n')}, t.stream, t.task,
        c.type as "caseType", c.version as "caseVersion", c.status as "caseStatus", c.title
      from (select k.*, row_number() over () as place, ${shown} as shown from (${keys}) k) n
      join orgeid.tasks t on t.stream = n.stream and t.task_id = n.task_id
      join orgeid.cases c on c.stream = n.stream
      where n.shown or n.place = ${bind(most)}
    ) r on true
    order by r.place`);
}

const toItem = ({ stream, caseType, caseVersion, caseStatus, title, task }: Row): InboxItem => ({
  stream,
  caseType,
  caseVersion,
  caseStatus,
  title,
  task,
});
