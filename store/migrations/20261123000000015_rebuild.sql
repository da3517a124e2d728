-- Up Migration

-- What an append puts into the read models, in one place: a rebuild runs the same text over tables of its own (store/rebuild/).
create function orgeid.put_case(
  p_stream text, p_case_type text, p_policy_version text, p_version integer, p_position bigint, p_recorded_at timestamptz,
  p_state jsonb, p_view jsonb, p_next_deadline_at timestamptz
) returns void language plpgsql as $$
declare
  v_keys text[] := array(select distinct jsonb_array_elements_text(p_view -> 'claims'));
  v_from text := p_view ->> 'claimsFrom';
begin
  insert into orgeid.cases as held (
    stream, type, version, policy_version, state, status, title, unit, closed, overdue,
    due_at, next_deadline_at, waits, updated_at)
  values (
    p_stream, p_case_type, p_version, p_policy_version, p_state, p_view ->> 'status', p_view ->> 'title', p_view ->> 'unit',
    (p_view -> 'closed')::boolean, (p_view -> 'overdue')::boolean,
    (p_view ->> 'dueAt')::timestamptz, p_next_deadline_at, p_view -> 'waits', p_recorded_at)
  on conflict (stream) do update set
    version = excluded.version, policy_version = excluded.policy_version, state = excluded.state,
    status = excluded.status, title = excluded.title, unit = excluded.unit, closed = excluded.closed,
    overdue = excluded.overdue, due_at = excluded.due_at, next_deadline_at = excluded.next_deadline_at,
    waits = excluded.waits, updated_at = excluded.updated_at;

  perform orgeid.put_tasks(p_stream, p_view -> 'tasks', p_position);
  if p_view ? 'search' then
    perform orgeid.put_terms(p_stream, p_view -> 'search');
  end if;

  delete from orgeid.organisation_claims c where c.stream = p_stream and c.key <> all (v_keys);
  insert into orgeid.organisation_claims as held (key, stream)
  select k.key, p_stream from unnest(v_keys) as k (key)
  where not exists (select from orgeid.organisation_claims c where c.key = k.key and c.stream = p_stream)
  on conflict (key) do update set stream = excluded.stream, taken_from = held.stream where held.stream = v_from;
end
$$;

-- As before, with the read models put by a function of their own.
create or replace function orgeid.append(
  p_stream text, p_case_type text, p_policy_version text, p_expected integer,
  p_command_id text, p_correlation_id text, p_at timestamptz, p_types text[], p_bodies text[],
  p_state jsonb, p_view jsonb, p_next_deadline_at timestamptz,
  out kind text, out version integer, out bodies text[], out claim text, out holder text
) language plpgsql as $$
declare
  v_position bigint;
  v_now timestamptz;
  v_keys text[] := array(select distinct jsonb_array_elements_text(p_view -> 'claims'));
  v_from text := p_view ->> 'claimsFrom';
begin
  -- Waiters for a row are served in any order, waiters for this lock in turn.
  perform pg_advisory_xact_lock('orgeid.log_head'::regclass::oid::integer, 0);

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

  for i in 1 .. cardinality(p_bodies) loop
    version := version + 1;
    insert into orgeid.events (stream, version, type, command_id, correlation_id, at, body)
    values (p_stream, version, p_types[i], p_command_id, p_correlation_id, p_at, p_bodies[i])
    returning position, recorded_at into v_position, v_now;
  end loop;

  perform orgeid.put_case(p_stream, p_case_type, p_policy_version, version, v_position, v_now, p_state, p_view, p_next_deadline_at);

  perform pg_notify('orgeid_log', v_position::text);
  kind := 'recorded';
end
$$;
