import type pg from 'pg';
import type { Projected } from '../../store/projection.ts';

export type EventRow = {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly command_id: string;
  readonly at: string;
  readonly body: string;
  readonly prev_hash: string;
  readonly hash: string;
};

export type CaseRow = {
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  readonly policy_version: string;
  readonly state: unknown;
  readonly view: Projected['view'] & {
    readonly search: Projected['search'];
  };
  readonly deadline: string | null;
};

const caseColumns =
  'r(stream text, version integer, position bigint, policy_version text, state jsonb, view jsonb, deadline timestamptz)';

/** What `orgeid.append` does for one command, for many cases that are new. */
const statements: readonly string[] = [
  `insert into orgeid.cases (stream, type, version, policy_version, state, status, title, unit, closed, overdue, due_at,
     next_deadline_at, waits, updated_at)
   select stream, 'registration', version, policy_version, state, view ->> 'status', view ->> 'title', view ->> 'unit',
     (view -> 'closed')::boolean, (view -> 'overdue')::boolean, (view ->> 'dueAt')::timestamptz, deadline, view -> 'waits',
     clock_timestamp()
   from jsonb_to_recordset($1) ${caseColumns}`,
  `insert into orgeid.tasks (stream, task_id, kind, role, units, holder, status, due_at, overdue, opened_at, task, position)
   select stream, t ->> 'id', t ->> 'kind', t ->> 'role', array(select jsonb_array_elements_text(t -> 'units')),
     t -> 'holder' ->> 'id', t ->> 'status', (t ->> 'dueAt')::timestamptz, (t -> 'overdue')::boolean,
     (t ->> 'openedAt')::timestamptz, t, position
   from jsonb_to_recordset($1) ${caseColumns} cross join jsonb_array_elements(view -> 'tasks') t`,
  `insert into orgeid.lanes (view, unit, role, kind, climbed, free, overdue)
   select distinct p.view, p.unit, p.role, p.kind, p.climbed, p.free, p.overdue
   from jsonb_to_recordset($1) ${caseColumns} cross join lateral orgeid.places(r.view -> 'tasks') p
   where orgeid.lane_of(p) is null`,
  `with came as (
     insert into orgeid.inbox (lane, due_key, opened_at, stream, task_id)
     select orgeid.lane_of(p), p.due_key, p.opened_at, r.stream, p.task_id
     from jsonb_to_recordset($1) ${caseColumns} cross join lateral orgeid.places(r.view -> 'tasks') p
     returning lane, due_key)
   insert into orgeid.lane_counts as held (lane, due_minute, n)
   select lane, date_trunc('minute', due_key), count(*) from came group by 1, 2
   on conflict (lane, due_minute) do update set n = held.n + excluded.n`,
  `insert into orgeid.case_terms (stream, name_key, terms)
   select stream, view -> 'search' ->> 'name',
     array_to_tsvector(array(select jsonb_array_elements_text(view -> 'search' -> 'terms')))
   from jsonb_to_recordset($1) ${caseColumns}`,
  `insert into orgeid.case_codes (stream, code)
   select stream, jsonb_array_elements_text(view -> 'search' -> 'codes') from jsonb_to_recordset($1) ${caseColumns}`,
  `insert into orgeid.organisation_claims (key, stream)
   select jsonb_array_elements_text(view -> 'claims'), stream from jsonb_to_recordset($1) ${caseColumns}`,
];

export async function insertBatch(
  pool: pg.Pool,
  recordedAt: string,
  events: readonly EventRow[],
  cases: readonly CaseRow[],
  head: { readonly position: number; readonly hash: string },
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('set local enable_seqscan = off');
    await client.query(
      `insert into orgeid.events (position, stream, version, type, command_id, at, recorded_at, body, prev_hash, hash)
       select position, stream, version, type, command_id, at, $2, body, decode(prev_hash, 'hex'), decode(hash, 'hex')
       from jsonb_to_recordset($1) r(position bigint, stream text, version integer, type text, command_id text,
         at timestamptz, body text, prev_hash text, hash text)`,
      [JSON.stringify(events), recordedAt],
    );
    const rows = JSON.stringify(cases);
    for (const text of statements) await client.query(text, [rows]);
    await client.query(`update orgeid.log_head set position = $1, hash = decode($2, 'hex')`, [
      head.position,
      head.hash,
    ]);
    await client.query('commit');
  } finally {
    client.release();
  }
}
