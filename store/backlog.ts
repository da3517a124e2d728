import type { TaskKind } from '../schemas/task.ts';
import type { Queryable } from './pool.ts';

/** How much work lies open. */
export type Backlog = {
  readonly kinds: readonly {
    readonly kind: TaskKind;
    readonly open: number;
    readonly overdue: number;
    /** When the oldest was opened, ms since the epoch. */
    readonly oldest: number;
  }[];
  /** The units with the most overdue tasks, by the unit that a task lies with first. */
  readonly overdue: readonly { readonly unit: string; readonly tasks: number }[];
};

/** Reads all open tasks once; its cost follows their number. `units`: how many units are named. */
export async function readBacklog(db: Queryable, units: number): Promise<Backlog> {
  const { rows: kinds } = await db.query<{ kind: TaskKind; open: number; overdue: number; oldest: Date }>({
    name: 'backlog-kinds',
    text: `select kind, count(*)::integer as open, (count(*) filter (where overdue))::integer as overdue,
        min(opened_at) as oldest
      from orgeid.tasks where status in ('OPEN', 'CLAIMED') group by kind order by kind`,
  });
  const { rows: overdue } = await db.query<{ unit: string; tasks: number }>({
    name: 'backlog-overdue',
    text: `select units[1] as unit, count(*)::integer as tasks from orgeid.tasks
      where status in ('OPEN', 'CLAIMED') and overdue group by units[1] order by tasks desc, unit limit $1`,
    values: [units],
  });
  return { kinds: kinds.map((row) => ({ ...row, oldest: row.oldest.getTime() })), overdue };
}
