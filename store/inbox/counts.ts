import type { Onlooker } from '../../domain/inbox/sight.ts';
import type { InboxCounts, InboxFilters, InboxView } from '../../schemas/inbox.ts';
import type { TaskKind } from '../../schemas/task.ts';
import type { Queryable } from '../pool.ts';
import { lanesOf } from './lanes.ts';
import { binding, type Statement } from './statement.ts';

export type CountsQuery = Pick<InboxFilters, 'kinds' | 'overdue' | 'free'> & {
  readonly view: InboxView;
  /** What is due before this instant is due soon, ISO 8601. */
  readonly soonBefore: string;
};

type Row = { kind: TaskKind; total: number; free: number; overdue: number; dueSoon: number };

/**
 * How many tasks a person sees in an inbox: exactly those that its list shows with the same filters. The cost follows the number of
 * different due times, not that of tasks.
 */
export async function countInbox(db: Queryable, person: Onlooker, query: CountsQuery): Promise<InboxCounts> {
  const statement = query.view === 'mine' ? held(person, query) : counted(person, query, query.view);
  const kinds = statement ? (await db.query<Row>(statement)).rows : [];
  const sum = (pick: (row: Row) => number) => kinds.reduce((all, row) => all + pick(row), 0);
  return {
    total: sum(({ total }) => total),
    free: sum(({ free }) => free),
    overdue: sum(({ overdue }) => overdue),
    dueSoon: sum(({ dueSoon }) => dueSoon),
    kinds,
  };
}

/** Whole minutes from the counters; the minute in which `soonBefore` lies from the tasks themselves. */
function counted(
  person: Onlooker,
  query: CountsQuery,
  view: Exclude<InboxView, 'mine'>,
): Statement | undefined {
  const { bind, statement } = binding();
  const lanes = lanesOf(person, view, query, bind);
  if (lanes === undefined) return undefined;
  const soon = `${bind(query.soonBefore)}::timestamptz`;
  return statement(`
    select l.kind, sum(c.n)::integer as total, coalesce(sum(c.n) filter (where l.free), 0)::integer as free,
      coalesce(sum(c.n) filter (where l.overdue), 0)::integer as overdue,
      coalesce(sum(c.soon) filter (where not l.overdue), 0)::integer as "dueSoon"
    from orgeid.lanes l
    cross join lateral (
      select sum(b.n) as n, coalesce(sum(b.n) filter (where b.due_minute < date_trunc('minute', ${soon})), 0) + (
        select count(*) from orgeid.inbox i
        where i.lane = l.id and i.due_key >= date_trunc('minute', ${soon}) and i.due_key < ${soon}) as soon
      from orgeid.lane_counts b where b.lane = l.id
    ) c
    where ${lanes} and c.n > 0
    group by l.kind order by l.kind`);
}

function held(person: Onlooker, { kinds, overdue, free, soonBefore }: CountsQuery): Statement {
  const { bind, statement } = binding();
  const where = [
    `holder = ${bind(person.id)}`,
    "status = 'CLAIMED'",
    ...(kinds ? [`kind = any (${bind(kinds)})`] : []),
    ...(overdue === undefined ? [] : [`overdue = ${bind(overdue)}`]),
    ...(free ? ['false'] : []),
  ];
  return statement(`
    select kind, count(*)::integer as total, 0 as free, (count(*) filter (where overdue))::integer as overdue,
      (count(*) filter (where not overdue and due_key < ${bind(soonBefore)}::timestamptz))::integer as "dueSoon"
    from orgeid.tasks where ${where.join(' and ')} group by kind order by kind`);
}
