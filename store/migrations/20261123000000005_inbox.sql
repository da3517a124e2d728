-- Up Migration

alter table orgeid.tasks add column position bigint;
update orgeid.tasks t set position = (
  select max(last.position) from orgeid.events e
  join orgeid.events last on last.stream = e.stream and last.command_id = e.command_id
  where e.stream = t.stream and e.type like 'Task%' and e.body::jsonb -> 'data' ->> 'taskId' = t.task_id);
update orgeid.tasks t set position = (select max(e.position) from orgeid.events e where e.stream = t.stream)
  where position is null;
alter table orgeid.tasks alter column position set not null;
comment on column orgeid.tasks.position is 'of the last event of the append that last changed the task';
create index tasks_position on orgeid.tasks (position);

drop index orgeid.tasks_units;
drop index orgeid.tasks_holder;
create index tasks_holder on orgeid.tasks (holder, due_key, opened_at, stream, task_id)
  where status = 'CLAIMED';

create table orgeid.lanes (
  id integer generated always as identity primary key,
  view text not null check (view in ('unit', 'below')),
  unit text not null,
  role text not null,
  kind text not null,
  climbed boolean not null,
  free boolean not null,
  overdue boolean not null,
  unique (view, unit, role, kind, climbed, free, overdue)
);
comment on table orgeid.lanes is
  'all that an inbox can ask by equality; a query merges a few lanes, each of which is in the order of an inbox';
comment on column orgeid.lanes.view is 'unit: its people may act; below: the work of a unit under it';
comment on column orgeid.lanes.climbed is 'the task came up to this unit from another: its head may do it as well';

create table orgeid.inbox (
  lane integer not null,
  due_key timestamptz not null,
  opened_at timestamptz not null,
  stream text not null,
  task_id text not null,
  primary key (lane, due_key, opened_at, stream, task_id)
);
comment on table orgeid.inbox is 'an open task, once for each unit that it concerns';
create index inbox_task on orgeid.inbox (stream, task_id);

create table orgeid.lane_counts (
  lane integer not null,
  due_minute timestamptz not null,
  n integer not null check (n > 0),
  primary key (lane, due_minute)
) with (fillfactor = 50);
comment on table orgeid.lane_counts is
  'how many rows of the inbox a lane has for each minute of due time; every append holds the log''s lock, so no counter is waited for';

-- Nobody waits for an offer, and a crash may lose it: it only keeps colleagues who ask at once from being sent to one task.
create unlogged table orgeid.task_offers (
  person text primary key,
  stream text not null,
  task_id text not null,
  until timestamptz not null
) with (fillfactor = 50);
create index task_offers_task on orgeid.task_offers (stream, task_id);

create table orgeid.case_terms (
  stream text primary key,
  name_key text collate "C" not null,
  terms tsvector not null
);
comment on table orgeid.case_terms is
  'what a case is found by, as domain/search/terms.ts makes it: words of names, codes, and marks of type (#), own unit (=), unit above (^) and person (~)';
create index case_terms_name on orgeid.case_terms (name_key, stream);
create index case_terms_words on orgeid.case_terms using gin (terms) with (fastupdate = off);
comment on index orgeid.case_terms_words is 'without a pending list, which every search would have to read through';

create table orgeid.case_codes (
  stream text not null,
  code text collate "C" not null,
  primary key (stream, code)
);
create index case_codes_code on orgeid.case_codes (code, stream);

-- The same as placesOf in store/inbox/places.ts, which the refold compares it with.
create type orgeid.place as (task_id text, view text, unit text, role text, kind text, climbed boolean, free boolean,
  overdue boolean, due_key timestamptz, opened_at timestamptz);
create function orgeid.places(p_tasks jsonb) returns setof orgeid.place language sql stable as $$
  select t ->> 'id', p.view, p.unit, t ->> 'role', t ->> 'kind', p.climbed, t ->> 'status' = 'OPEN', (t -> 'overdue')::boolean,
    coalesce((t ->> 'dueAt')::timestamptz, 'infinity'), (t ->> 'openedAt')::timestamptz
  from jsonb_array_elements(p_tasks) t
  cross join lateral (
    select 'unit' as view, u.unit, min(u.place) > 1 as climbed
    from jsonb_array_elements_text(t -> 'units') with ordinality u (unit, place) group by u.unit
    union all
    select distinct 'below', u.unit, false
    from jsonb_array_elements_text(t -> 'unitPath') u (unit) where u.unit <> t -> 'units' ->> 0
  ) p
  where t ->> 'status' in ('OPEN', 'CLAIMED')
$$;

create function orgeid.lane_of(p orgeid.place) returns integer language sql stable as $$
  select l.id from orgeid.lanes l
  where l.view = p.view and l.unit = p.unit and l.role = p.role and l.kind = p.kind
    and l.climbed = p.climbed and l.free = p.free and l.overdue = p.overdue
$$;

-- Only under the log's lock: lanes and counts are read and then written. A plan made while the tables were small would scan them when
-- they no longer are.
create function orgeid.put_in_inbox(p_stream text, p_ids text[], p_tasks jsonb) returns void
language plpgsql set enable_seqscan = off as $$
begin
  insert into orgeid.lanes (view, unit, role, kind, climbed, free, overdue)
  select distinct p.view, p.unit, p.role, p.kind, p.climbed, p.free, p.overdue from orgeid.places(p_tasks) p
  where orgeid.lane_of(p) is null;

  with wanted as materialized (
    select orgeid.lane_of(p) as lane, p.due_key, p.opened_at, p.task_id
    from orgeid.places(p_tasks) p
  ), gone as (
    delete from orgeid.inbox i where i.stream = p_stream and i.task_id = any (p_ids)
      and not exists (select from wanted w
        where (w.lane, w.due_key, w.opened_at, w.task_id) = (i.lane, i.due_key, i.opened_at, i.task_id))
    returning i.lane, i.due_key
  ), came as (
    insert into orgeid.inbox (lane, due_key, opened_at, stream, task_id)
    select w.lane, w.due_key, w.opened_at, p_stream, w.task_id from wanted w
    on conflict do nothing
    returning lane, due_key
  )
  merge into orgeid.lane_counts c
  using (
    select lane, date_trunc('minute', due_key) as due_minute, sum(d)::integer as d
    from (select lane, due_key, -1 as d from gone union all select lane, due_key, 1 from came) moved
    group by 1, 2 having sum(d) <> 0
  ) x on c.lane = x.lane and c.due_minute = x.due_minute
  when matched and c.n + x.d = 0 then delete
  when matched then update set n = c.n + x.d
  when not matched then insert (lane, due_minute, n) values (x.lane, x.due_minute, x.d);
end
$$;

drop function orgeid.put_tasks(text, jsonb);
-- Writes only what changed: most events touch one task of a case, or none.
create function orgeid.put_tasks(p_stream text, p_tasks jsonb, p_position bigint) returns void language plpgsql as $$
declare
  v_ids text[];
  v_tasks jsonb;
begin
  select array_agg(coalesce(t ->> 'id', h.task_id)), coalesce(jsonb_agg(t) filter (where t is not null), '[]')
  into v_ids, v_tasks
  from jsonb_array_elements(p_tasks) t
  full join (select k.task_id, k.task from orgeid.tasks k where k.stream = p_stream) h on h.task_id = t ->> 'id'
  where h.task is distinct from t;
  if v_ids is null then
    return;
  end if;

  delete from orgeid.tasks k
  where k.stream = p_stream and k.task_id = any (v_ids)
    and k.task_id <> all (array(select t ->> 'id' from jsonb_array_elements(v_tasks) t));

  insert into orgeid.tasks (
    stream, task_id, kind, role, units, holder, status, due_at, overdue, opened_at, task, position)
  select
    p_stream, t ->> 'id', t ->> 'kind', t ->> 'role', array(select jsonb_array_elements_text(t -> 'units')),
    t -> 'holder' ->> 'id', t ->> 'status', (t ->> 'dueAt')::timestamptz, (t -> 'overdue')::boolean,
    (t ->> 'openedAt')::timestamptz, t, p_position
  from jsonb_array_elements(v_tasks) t
  on conflict (stream, task_id) do update set
    kind = excluded.kind, role = excluded.role, units = excluded.units, holder = excluded.holder,
    status = excluded.status, due_at = excluded.due_at, overdue = excluded.overdue,
    opened_at = excluded.opened_at, task = excluded.task, position = excluded.position;

  perform orgeid.put_in_inbox(p_stream, v_ids, v_tasks);
end
$$;

create function orgeid.put_terms(p_stream text, p_search jsonb) returns void language plpgsql as $$
declare
  v_codes text[] := array(select jsonb_array_elements_text(p_search -> 'codes'));
begin
  insert into orgeid.case_terms as held (stream, name_key, terms)
  values (p_stream, p_search ->> 'name',
    array_to_tsvector(array(select jsonb_array_elements_text(p_search -> 'terms'))))
  on conflict (stream) do update set name_key = excluded.name_key, terms = excluded.terms
  where (held.name_key, held.terms) is distinct from (excluded.name_key, excluded.terms);

  delete from orgeid.case_codes c where c.stream = p_stream and c.code <> all (v_codes);
  insert into orgeid.case_codes (stream, code) select p_stream, code from unnest(v_codes) code
  on conflict do nothing;
end
$$;

-- As before, and the inbox with the log's position, and what a case is found by.
create or replace function orgeid.append(
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

-- The next free task that a person may claim, the earliest due first, passing over what others were offered and have not yet taken.
-- p_opposed: pairs of kinds that one person may not answer for in one case. p_except: `stream/task` refused a moment ago.
create function orgeid.offer_next(
  p_person text, p_unit text, p_roles text[], p_head boolean, p_kinds text[], p_overdue boolean, p_due_before timestamptz,
  p_opposed jsonb, p_except text[], p_for interval,
  out stream text, out task_id text, out until timestamptz
) language plpgsql as $$
declare
  v_now timestamptz := clock_timestamp();
  v_batch integer := 16;
  v_lanes jsonb;
  v_one record;
  v_last record;
  v_seen integer;
begin
  select coalesce(jsonb_agg(jsonb_build_object('lane', l.id, 'opposed', (
      select coalesce(jsonb_agg(case when o ->> 0 = l.kind then o -> 1 else o -> 0 end), '[]')
      from jsonb_array_elements(p_opposed) o where l.kind in (o ->> 0, o ->> 1)))), '[]')
  into v_lanes from orgeid.lanes l
  where l.view = 'unit' and l.unit = p_unit and l.free and (l.role = any (p_roles) or (l.climbed and p_head))
    and (p_kinds is null or l.kind = any (p_kinds)) and (p_overdue is null or l.overdue = p_overdue);

  -- Whoever asks again, having taken nothing, is offered the same.
  select i.stream, i.task_id into stream, task_id
  from orgeid.task_offers o
  join orgeid.inbox i on i.stream = o.stream and i.task_id = o.task_id
  join jsonb_to_recordset(v_lanes) as l (lane integer) on l.lane = i.lane
  where o.person = p_person and o.until > v_now and (p_due_before is null or i.due_key < p_due_before)
    and (i.stream || '/' || i.task_id) <> all (p_except);
  if found then
    update orgeid.task_offers o set until = v_now + p_for where o.person = p_person returning o.until into until;
    return;
  end if;

  select '-infinity'::timestamptz as due_key, '-infinity'::timestamptz as opened_at, '' as stream, '' as task_id into v_last;
  loop
    v_seen := 0;
    for v_one in
      select k.* from jsonb_to_recordset(v_lanes) as l (lane integer, opposed jsonb)
      cross join lateral (
        select i.due_key, i.opened_at, i.stream, i.task_id, l.opposed from orgeid.inbox i
        where i.lane = l.lane
          and (i.due_key, i.opened_at, i.stream, i.task_id) > (v_last.due_key, v_last.opened_at, v_last.stream, v_last.task_id)
          and (p_due_before is null or i.due_key < p_due_before)
          and not exists (select from orgeid.task_offers o
            where o.stream = i.stream and o.task_id = i.task_id and o.until > v_now and o.person <> p_person)
        order by i.due_key, i.opened_at, i.stream, i.task_id limit v_batch
      ) k
      order by k.due_key, k.opened_at, k.stream, k.task_id limit v_batch
    loop
      v_seen := v_seen + 1;
      v_last := v_one;
      continue when (v_one.stream || '/' || v_one.task_id) = any (p_except);
      continue when exists (select from orgeid.tasks t where t.stream = v_one.stream
        and v_one.opposed ? t.kind and t.task -> 'responsible' ? p_person);
      -- Released at the end of this transaction, however it ends; whoever is at the same row in this moment goes to the next.
      continue when not pg_try_advisory_xact_lock(
        'orgeid.task_offers'::regclass::oid::integer, hashtext(v_one.stream || '/' || v_one.task_id));
      continue when exists (select from orgeid.task_offers o
        where o.stream = v_one.stream and o.task_id = v_one.task_id and o.until > v_now and o.person <> p_person);
      stream := v_one.stream;
      task_id := v_one.task_id;
      insert into orgeid.task_offers as held (person, stream, task_id, until)
      values (p_person, v_one.stream, v_one.task_id, v_now + p_for)
      on conflict (person) do update set stream = excluded.stream, task_id = excluded.task_id, until = excluded.until
      returning held.until into until;
      return;
    end loop;
    exit when v_seen < v_batch;
    v_batch := least(v_batch * 4, 1024);
  end loop;
end
$$;

-- The tasks that are there already.
insert into orgeid.lanes (view, unit, role, kind, climbed, free, overdue)
select distinct p.view, p.unit, p.role, p.kind, p.climbed, p.free, p.overdue
from orgeid.tasks t cross join lateral orgeid.places(jsonb_build_array(t.task)) p;
insert into orgeid.inbox (lane, due_key, opened_at, stream, task_id)
select orgeid.lane_of(p), p.due_key, p.opened_at, t.stream, p.task_id
from orgeid.tasks t cross join lateral orgeid.places(jsonb_build_array(t.task)) p;
insert into orgeid.lane_counts (lane, due_minute, n)
select lane, date_trunc('minute', due_key), count(*) from orgeid.inbox group by 1, 2;
