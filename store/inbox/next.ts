import { isHeadOf, type Onlooker } from '../../domain/inbox/sight.ts';
import type { InboxFilters, TaskOffer } from '../../schemas/inbox.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { Task } from '../../schemas/task.ts';
import type { Queryable } from '../pool.ts';

export type NextQuery = Pick<InboxFilters, 'kinds' | 'overdue' | 'dueBefore'> & {
  /** Pairs of steps that one person may not answer for in one case. */
  readonly fourEyes: CasePolicy['fourEyes'];
  /** Tasks that this caller was refused a moment ago. */
  readonly except?: readonly { readonly stream: string; readonly taskId: string }[];
  /** How long colleagues are kept from the task, ms (default 5000): enough to send the claim. */
  readonly forMs?: number;
};

type Row = { stream: string; task: Task; case_version: number; until: Date };

/**
 * The task that a person does best to claim next: free, theirs by role and unit, not against four eyes, the earliest due first, and not
 * just offered to a colleague. Whoever asks again is offered the same until it is taken. The claim itself goes to the case, which decides: it
 * may still refuse, and then one asks again with the task in `except`. Undefined when there is none.
 */
export async function nextTask(
  db: Queryable,
  person: Onlooker,
  query: NextQuery,
): Promise<TaskOffer | undefined> {
  if (person.unit === undefined) return undefined;
  const { rows } = await db.query<Row>({
    name: 'next-task',
    text: `select t.stream, t.task, c.version as case_version, o.until
      from orgeid.offer_next($1, $2, $3, $4, $5, $6, $7, $8, $9, make_interval(secs => $10)) o
      join orgeid.tasks t on t.stream = o.stream and t.task_id = o.task_id
      join orgeid.cases c on c.stream = o.stream`,
    values: [
      person.id,
      person.unit,
      person.roles,
      isHeadOf(person),
      query.kinds ?? null,
      query.overdue ?? null,
      query.dueBefore ?? null,
      JSON.stringify(query.fourEyes),
      (query.except ?? []).map(({ stream, taskId }) => `${stream}/${taskId}`),
      (query.forMs ?? 5_000) / 1000,
    ],
  });
  const [row] = rows;
  return (
    row && {
      stream: row.stream,
      caseVersion: row.case_version,
      task: row.task,
      until: row.until.toISOString(),
    }
  );
}
