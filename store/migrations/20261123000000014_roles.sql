-- Up Migration

-- Who may do what is in store/roles/. Here is what no right can say: where an event stands in the log, and what it then hashes to, is
-- not for the writer to choose, not even for the owner.
create function orgeid.place_event() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  v_body jsonb := new.body::jsonb;
  v_wrong text;
  v_same boolean;
begin
  select h.position + 1, h.hash, h.xmin = pg_current_xact_id()::xid into strict new.position, new.prev_hash, v_same
  from orgeid.log_head h for update;
  v_wrong := case
    when new.version is distinct from 1 + coalesce(
      (select e.version from orgeid.events e where e.stream = new.stream order by e.version desc limit 1), 0) then 'version'
    when new.stream is distinct from v_body ->> 'stream' then 'stream'
    when new.version is distinct from (v_body ->> 'version')::integer then 'version'
    when new.type is distinct from v_body ->> 'type' then 'type'
    when new.command_id is distinct from v_body ->> 'commandId' then 'command_id'
    when new.correlation_id is distinct from v_body ->> 'correlationId' then 'correlation_id'
    when new.at is distinct from (v_body ->> 'at')::timestamptz then 'at'
  end;
  if v_wrong is not null then
    raise exception 'EID_ERR_LOG_BROKEN: an event of % is out of place: %', new.stream, v_wrong
      using errcode = 'restrict_violation';
  end if;
  -- The events of one append have one moment: no instant lies between them.
  if v_same then
    select e.recorded_at into new.recorded_at from orgeid.events e where e.position = new.position - 1;
  end if;
  new.recorded_at := coalesce(new.recorded_at, clock_timestamp());
  new.hash := orgeid.chain_hash(new.prev_hash, new.position, new.recorded_at, new.body);
  update orgeid.log_head set position = new.position, hash = new.hash;
  return new;
end
$$;
create function orgeid.refuse_place() returns trigger language plpgsql as $$
begin
  raise exception 'EID_ERR_LOG_BROKEN: position, time and hashes of an event are given by the log'
    using errcode = 'restrict_violation';
end
$$;
-- Triggers of one moment fire in the order of their names.
create trigger events_a_unplaced before insert on orgeid.events for each row
  when (num_nonnulls(new.position, new.recorded_at, new.prev_hash, new.hash) > 0)
  execute function orgeid.refuse_place();
create trigger events_b_placed before insert on orgeid.events
  for each row execute function orgeid.place_event();

create trigger log_head_kept before delete or truncate on orgeid.log_head
  for each statement execute function orgeid.refuse_change();
create trigger log_head_next before update on orgeid.log_head for each row
  when (pg_trigger_depth() = 0 or new.position <> old.position + 1)
  execute function orgeid.refuse_change();

-- As before, but the log itself gives positions, time and hashes.
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

  perform orgeid.put_tasks(p_stream, p_view -> 'tasks', v_position);
  if p_view ? 'search' then
    perform orgeid.put_terms(p_stream, p_view -> 'search');
  end if;

  delete from orgeid.organisation_claims c where c.stream = p_stream and c.key <> all (v_keys);
  insert into orgeid.organisation_claims as held (key, stream)
  select k.key, p_stream from unnest(v_keys) as k (key)
  where not exists (select from orgeid.organisation_claims c where c.key = k.key and c.stream = p_stream)
  on conflict (key) do update set stream = excluded.stream, taken_from = held.stream where held.stream = v_from;

  perform pg_notify('orgeid_log', v_position::text);
  kind := 'recorded';
end
$$;

-- Who writes an entry of the access history neither makes the parts of its table nor touches the heads of the chains.
alter function orgeid.record_access(text, text[]) security definer set search_path = pg_catalog, pg_temp;

-- An auditor's entries stand in chains of auditors: none can be made to look like one of the API's.
create function orgeid.refuse_chain() returns trigger language plpgsql as $$
begin
  raise exception 'EID_ERR_DATABASE_ROLE: % writes no access history under the name %', session_user, new.writer
    using errcode = 'restrict_violation';
end
$$;
create trigger access_writers_own before insert or update on orgeid.access_writers for each row
  when (new.writer !~ '^(cli-)?audit' and not pg_has_role(session_user, to_regrole('orgeid_writer'), 'MEMBER')
    and not pg_has_role(session_user, to_regrole('orgeid_migrator'), 'MEMBER'))
  execute function orgeid.refuse_chain();
