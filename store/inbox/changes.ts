import { type Onlooker, sees, viewsOf } from '../../domain/inbox/sight.ts';
import type { InboxChange } from '../../schemas/inbox.ts';
import type { Task } from '../../schemas/task.ts';
import type { Queryable } from '../pool.ts';

/** `upTo`: the position up to which nothing is left out; `more`: the log goes on beyond it. */
export type Changes = {
  readonly changes: readonly InboxChange[];
  readonly upTo: number;
  readonly more: boolean;
};

type Row = { readonly position: number; readonly stream: string; readonly task: Task };
type Answer = {
  readonly head: string;
  readonly scanned: number;
  readonly last: string | null;
  readonly rows: readonly Row[];
};

/**
 * The tasks of a person that changed after a position of the log, in the order of their last change, each as it is now; those that ended
 * have no views. Looks at about `most` changed tasks of anybody.
 */
export async function changesSince(
  db: Queryable,
  person: Onlooker,
  position: number,
  most = 500,
): Promise<Changes> {
  const { rows } = await db.query<Answer>({
    name: 'inbox-changes',
    text: `with scanned as materialized (
        select t.position, t.stream, t.task_id, t.task, t.units, t.holder from orgeid.tasks t
        where t.position > $1 order by t.position fetch first ($2) rows with ties)
      select h.position as head, (select count(*)::integer from scanned) as scanned,
        (select max(position) from scanned) as last,
        coalesce((select jsonb_agg(jsonb_build_object('position', s.position, 'stream', s.stream, 'task', s.task)
            order by s.position, s.stream, s.task_id)
          from scanned s where s.holder = $3 or $4 = any (s.units) or s.task -> 'unitPath' ? $4), '[]') as rows
      from orgeid.log_head h`,
    values: [position, most, person.id, person.unit ?? null],
  });
  const [answer] = rows;
  if (!answer) throw new Error('the log has no head');
  const more = answer.scanned >= most;
  return {
    changes: grouped(
      answer.rows.filter(({ task }) => sees(task, person)),
      person,
    ),
    upTo: Math.max(position, Number(more ? answer.last : answer.head)),
    more,
  };
}

function grouped(rows: readonly Row[], person: Onlooker): InboxChange[] {
  const groups = new Map<number, InboxChange['tasks']>();
  for (const { position, stream, task } of rows) {
    const group = groups.get(position) ?? [];
    group.push({ stream, task, views: viewsOf(task, person) });
    groups.set(position, group);
  }
  return [...groups].map(([position, tasks]) => ({ position, tasks }));
}
