import type { CaseType, Wait } from '../schemas/case.ts';
import type { Task } from '../schemas/task.ts';
import type { Queryable } from './pool.ts';

/** A case as its row shows it; `state` is the fold of its events up to `version`. Instants are ISO 8601 UTC. */
export type CaseRow = {
  readonly stream: string;
  readonly type: CaseType;
  readonly version: number;
  readonly policyVersion: string;
  readonly state: unknown;
  readonly status: string;
  readonly title: string;
  readonly unit?: string;
  readonly closed: boolean;
  readonly overdue: boolean;
  readonly dueAt?: string;
  readonly nextDeadlineAt?: string;
  readonly waits: readonly Wait[];
  readonly tasks: readonly Task[];
  readonly updatedAt: string;
  readonly sweptVersion: number;
};

type Row = {
  stream: string;
  type: CaseType;
  version: number;
  policy_version: string;
  state: unknown;
  status: string;
  title: string;
  unit: string | null;
  closed: boolean;
  overdue: boolean;
  due_at: Date | null;
  next_deadline_at: Date | null;
  waits: Wait[];
  tasks: Task[];
  updated_at: Date;
  swept_version: number;
};

/** The read model of a case, or undefined when its stream is empty. */
export async function readCase(db: Queryable, stream: string): Promise<CaseRow | undefined> {
  const { rows } = await db.query<Row>({
    name: 'case',
    text: `select c.*, coalesce((select jsonb_agg(t.task order by t.opened_at, t.task_id)
        from orgeid.tasks t where t.stream = c.stream), '[]') as tasks
      from orgeid.cases c where c.stream = $1`,
    values: [stream],
  });
  return rows[0] && toCase(rows[0]);
}

function toCase(row: Row): CaseRow {
  return {
    stream: row.stream,
    type: row.type,
    version: row.version,
    policyVersion: row.policy_version,
    state: row.state,
    status: row.status,
    title: row.title,
    ...(row.unit === null ? {} : { unit: row.unit }),
    closed: row.closed,
    overdue: row.overdue,
    ...(row.due_at === null ? {} : { dueAt: row.due_at.toISOString() }),
    ...(row.next_deadline_at === null ? {} : { nextDeadlineAt: row.next_deadline_at.toISOString() }),
    waits: row.waits,
    tasks: row.tasks,
    updatedAt: row.updated_at.toISOString(),
    sweptVersion: row.swept_version,
  };
}
