-- Up Migration

-- What a writer at p_expected has to learn: what came after, and what its own command did, wherever that stands.
create function orgeid.ahead(p_stream text, p_expected integer, p_command_id text)
returns text[] language sql stable as $$
  select coalesce(array_agg(body order by version), '{}') from orgeid.events
  where stream = p_stream and (version > p_expected or command_id = p_command_id)
$$;

-- One call is one transaction. The log's head is the first lock of every append, so appends cannot deadlock one another, and each
-- statement below sees all that was committed before the lock was won.
create function orgeid.append(
  p_stream text, p_case_type text, p_policy_version text, p_expected integer,
  p_command_id text, p_correlation_id text, p_at timestamptz, p_types text[], p_bodies text[],
  p_state jsonb, p_view jsonb, p_next_deadline_at timestamptz,
  out kind text, out version integer, out bodies text[], out claim text, out holder text
) language plpgsql as $$
declare
  v_position bigint;
  v_hash bytea;
  v_prev bytea;
  v_now timestamptz;
  v_keys text[] := array(select distinct jsonb_array_elements_text(p_view -> 'claims'));
  v_from text := p_view ->> 'claimsFrom';
begin
  -- Waiters for a row are served in any order, waiters for this lock in turn.
  perform pg_advisory_xact_lock('orgeid.log_head'::regclass::oid::integer, 0);
  select h.position, h.hash into strict v_position, v_prev from orgeid.log_head h for update;

  select e.version into version from orgeid.events e
  where e.stream = p_stream order by e.version desc limit 1;
  version := coalesce(version, 0);

  if exists (select from orgeid.events e where e.stream = p_stream and e.command_id = p_command_id)
    or version > p_expected then
    kind := 'ahead';
    bodies := orgeid.ahead(p_stream, p_expected, p_command_id);
    return;
  end if;
  if version < p_expected then
    kind := 'behind';
    return;
  end if;

  select c.key, c.stream into claim, holder from orgeid.organisation_claims c
  where c.key = any (v_keys) and c.stream <> p_stream
    and c.stream is distinct from v_from and c.taken_from is distinct from p_stream
  order by c.key limit 1;
  if found then
    kind := 'reserved';
    return;
  end if;

  v_now := clock_timestamp();
  for i in 1 .. cardinality(p_bodies) loop
    v_position := v_position + 1;
    version := version + 1;
    v_hash := orgeid.chain_hash(v_prev, v_position, v_now, p_bodies[i]);
    insert into orgeid.events (position, stream, version, type, command_id, correlation_id, at, recorded_at, body, prev_hash, hash)
    values (v_position, p_stream, version, p_types[i], p_command_id, p_correlation_id, p_at, v_now, p_bodies[i], v_prev, v_hash);
    v_prev := v_hash;
  end loop;
  update orgeid.log_head set position = v_position, hash = v_prev;

  insert into orgeid.cases as held (
    stream, type, version, policy_version, state, status, title, unit, closed, overdue,
    due_at, next_deadline_at, waits, updated_at)
  values (
    p_stream, p_case_type, version, p_policy_version, p_state, p_view ->> 'status', p_view ->> 'title', p_view ->> 'unit',
    (p_view -> 'closed')::boolean, (p_view -> 'overdue')::boolean,
    (p_view ->> 'dueAt')::timestamptz, p_next_deadline_at, p_view -> 'waits', v_now)
  on conflict (stream) do update set
    version = excluded.version, policy_version = excluded.policy_version, state = excluded.state,
    status = excluded.status, title = excluded.title, unit = excluded.unit, closed = excluded.closed,
    overdue = excluded.overdue, due_at = excluded.due_at, next_deadline_at = excluded.next_deadline_at,
    waits = excluded.waits, updated_at = excluded.updated_at;

  perform orgeid.put_tasks(p_stream, p_view -> 'tasks');

  delete from orgeid.organisation_claims c where c.stream = p_stream and c.key <> all (v_keys);
  insert into orgeid.organisation_claims as held (key, stream)
  select k.key, p_stream from unnest(v_keys) as k (key)
  where not exists (select from orgeid.organisation_claims c where c.key = k.key and c.stream = p_stream)
  on conflict (key) do update set stream = excluded.stream, taken_from = held.stream where held.stream = v_from;

  perform pg_notify('orgeid_log', v_position::text);
  kind := 'recorded';
end
$$;

-- Writes only what changed: most events touch one task of a case.
create function orgeid.put_tasks(p_stream text, p_tasks jsonb) returns void language sql as $$
  delete from orgeid.tasks h
  where h.stream = p_stream and h.task_id <> all (array(select t ->> 'id' from jsonb_array_elements(p_tasks) t));

  insert into orgeid.tasks (
    stream, task_id, kind, role, units, holder, status, due_at, overdue, opened_at, task)
  select
    p_stream, t ->> 'id', t ->> 'kind', t ->> 'role', array(select jsonb_array_elements_text(t -> 'units')),
    t -> 'holder' ->> 'id', t ->> 'status', (t ->> 'dueAt')::timestamptz, (t -> 'overdue')::boolean,
    (t ->> 'openedAt')::timestamptz, t
  from jsonb_array_elements(p_tasks) t
  left join orgeid.tasks h on h.stream = p_stream and h.task_id = t ->> 'id'
  where h.task is distinct from t
  on conflict (stream, task_id) do update set
    kind = excluded.kind, role = excluded.role, units = excluded.units, holder = excluded.holder,
    status = excluded.status, due_at = excluded.due_at, overdue = excluded.overdue,
    opened_at = excluded.opened_at, task = excluded.task;
$$;
