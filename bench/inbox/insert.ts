import type pg from 'pg';
import type { Projected } from '../../store/projection.ts';

export type EventRow = {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly commandId: string;
  readonly at: string;
  readonly body: string;
  readonly prevHash: string;
  readonly hash: string;
};

export type CaseRow = Projected & {
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  readonly policyVersion: string;
  readonly state: unknown;
};

export type Batch = {
  readonly recordedAt: string;
  readonly events: readonly EventRow[];
  readonly cases: readonly CaseRow[];
  readonly head: { readonly position: number; readonly hash: string };
};

type Statement = readonly [text: string, ...columns: (readonly unknown[])[]];

const json = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value));

/** What `orgeid.append` does for one command, for many cases that are new. Each statement is sent only what it writes. */
function statementsOf({ recordedAt, events, cases }: Batch): Statement[] {
  const streams = cases.map(({ stream }) => stream);
  const views = cases.map(({ view: { tasks: _, ...rest } }) => rest);
  const tasks = json(cases.map(({ view }) => view.tasks));
  const positions = cases.map(({ position }) => position);
  const codes = cases.flatMap(({ stream, search }) => search.codes.map((code) => ({ stream, code })));
  const claims = cases.flatMap(({ stream, view }) => view.claims.map((key) => ({ stream, key })));
  return [
    [
      `insert into orgeid.events (position, stream, version, type, command_id, at, recorded_at, body, prev_hash, hash)
       select position, stream, version, type, command_id, at, '${recordedAt}', body, decode(prev_hash, 'hex'), decode(hash, 'hex')
       from unnest($1::bigint[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[],
         $9::text[]) r(position, stream, version, type, command_id, at, body, prev_hash, hash)`,
      ...(
        ['position', 'stream', 'version', 'type', 'commandId', 'at', 'body', 'prevHash', 'hash'] as const
      ).map((key) => events.map((event) => event[key])),
    ],
    [
      `insert into orgeid.cases (stream, type, version, policy_version, state, status, title, unit, closed, overdue, due_at,
         next_deadline_at, waits, updated_at)
       select stream, 'registration', version, policy_version, state, view ->> 'status', view ->> 'title', view ->> 'unit',
         (view -> 'closed')::boolean, (view -> 'overdue')::boolean, (view ->> 'dueAt')::timestamptz, deadline,
         view -> 'waits', '${recordedAt}'
       from unnest($1::text[], $2::integer[], $3::text[], $4::jsonb[], $5::jsonb[], $6::timestamptz[])
         r(stream, version, policy_version, state, view, deadline)`,
      streams,
      cases.map(({ version }) => version),
      cases.map(({ policyVersion }) => policyVersion),
      json(cases.map(({ state }) => state)),
      json(views),
      cases.map(({ nextDeadlineAt }) => nextDeadlineAt),
    ],
    [
      `insert into orgeid.tasks (stream, task_id, kind, role, units, holder, status, due_at, overdue, opened_at, task, position)
       select stream, t ->> 'id', t ->> 'kind', t ->> 'role', array(select jsonb_array_elements_text(t -> 'units')),
         t -> 'holder' ->> 'id', t ->> 'status', (t ->> 'dueAt')::timestamptz, (t -> 'overdue')::boolean,
         (t ->> 'openedAt')::timestamptz, t, position
       from unnest($1::text[], $2::bigint[], $3::jsonb[]) r(stream, position, tasks) cross join jsonb_array_elements(tasks) t`,
      streams,
      positions,
      tasks,
    ],
    [
      `insert into orgeid.lanes (view, unit, role, kind, climbed, free, overdue)
       select p.view, p.unit, p.role, p.kind, p.climbed, p.free, p.overdue
       from unnest($1::jsonb[]) tasks cross join lateral orgeid.places(tasks) p
       except select view, unit, role, kind, climbed, free, overdue from orgeid.lanes`,
      tasks,
    ],
    [
      `with places as materialized (
         select stream, p.* from unnest($1::text[], $2::jsonb[]) r(stream, tasks) cross join lateral orgeid.places(tasks) p
       ), came as (
         insert into orgeid.inbox (lane, due_key, opened_at, stream, task_id)
         select l.id, p.due_key, p.opened_at, stream, p.task_id
         from places p join orgeid.lanes l using (view, unit, role, kind, climbed, free, overdue)
         returning lane, due_key)
       insert into orgeid.lane_counts as held (lane, due_minute, n)
       select lane, date_trunc('minute', due_key), count(*) from came group by 1, 2
       on conflict (lane, due_minute) do update set n = held.n + excluded.n`,
      streams,
      tasks,
    ],
    [
      `insert into orgeid.case_terms (stream, name_key, terms)
       select stream, name, array_to_tsvector(array(select jsonb_array_elements_text(terms)))
       from unnest($1::text[], $2::text[], $3::jsonb[]) r(stream, name, terms)`,
      streams,
      cases.map(({ search }) => search.name),
      json(cases.map(({ search }) => search.terms)),
    ],
    [
      'insert into orgeid.case_codes (stream, code) select * from unnest($1::text[], $2::text[])',
      codes.map(({ stream }) => stream),
      codes.map(({ code }) => code),
    ],
    [
      'insert into orgeid.organisation_claims (stream, key) select * from unnest($1::text[], $2::text[])',
      claims.map(({ stream }) => stream),
      claims.map(({ key }) => key),
    ],
  ];
}

export async function insertBatch(client: pg.ClientBase, batch: Batch): Promise<void> {
  await client.query('begin');
  await client.query('set local session_replication_role = replica'); // the log gives no places here: they are all known
  await client.query('set local enable_nestloop = off'); // lanes are few only at first, which no plan would know
  for (const [text, ...columns] of statementsOf(batch)) await client.query(text, columns);
  await client.query(`update orgeid.log_head set position = $1, hash = decode($2, 'hex')`, [
    batch.head.position,
    batch.head.hash,
  ]);
  await client.query('commit');
}
