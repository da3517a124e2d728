-- Up Migration

create table orgeid.access_history (
  writer text not null,
  seq bigint not null check (seq > 0),
  recorded_at timestamptz not null,
  id uuid not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  result text not null,
  stream text,
  body text not null,
  prev_hash bytea not null check (length(prev_hash) = 32),
  hash bytea not null check (length(hash) = 32),
  primary key (writer, seq, recorded_at)
) partition by range (recorded_at);
comment on table orgeid.access_history is
  'who read or did what; each writer''s entries are a hash chain of their own; one part a month, removed whole when its time is over';
comment on column orgeid.access_history.at is 'when it was done';
comment on column orgeid.access_history.recorded_at is 'never earlier than that of the entry before it in the chain';
comment on column orgeid.access_history.body is 'RFC 8785 canonical JSON of the entry; the columns repeat it for look-ups';
create index access_history_id on orgeid.access_history (id);
create index access_history_at on orgeid.access_history (at desc, id desc);
create index access_history_stream on orgeid.access_history (stream, at desc, id desc) where stream is not null;
create index access_history_actor on orgeid.access_history (actor, at desc, id desc);
create trigger access_history_append_only before update or delete or truncate on orgeid.access_history
  for each statement execute function orgeid.refuse_change();

create table orgeid.access_writers (
  nr integer primary key check (nr > 0),
  writer text not null unique check (writer <> ''),
  genesis bytea not null check (length(genesis) = 32),
  seq bigint not null,
  hash bytea not null check (length(hash) = 32),
  recorded_at timestamptz not null
) with (fillfactor = 50);
comment on table orgeid.access_writers is 'the head of each chain, locked by each batch until its commit';
comment on column orgeid.access_writers.genesis is
  'SHA-256 of (genesis of the writer before, nr as 8 bytes, writer): what the chain begins with, so that no chain can go missing whole';
create trigger access_writers_kept before delete or truncate on orgeid.access_writers
  for each statement execute function orgeid.refuse_change();
create trigger access_writers_forward before update on orgeid.access_writers for each row
  when (new.nr <> old.nr or new.writer <> old.writer or new.genesis <> old.genesis or new.seq <= old.seq
    or new.recorded_at < old.recorded_at)
  execute function orgeid.refuse_change();

create table orgeid.access_anchors (
  writer text not null,
  seq bigint not null,
  hash bytea not null check (length(hash) = 32),
  part text not null,
  until timestamptz not null,
  pruned_at timestamptz not null default clock_timestamp(),
  primary key (writer, seq)
);
comment on table orgeid.access_anchors is 'the last entry of each chain in a part that was removed: where the chain goes on from';
comment on column orgeid.access_anchors.until is 'end of the part: nothing recorded before it is left';
create trigger access_anchors_append_only before update or delete or truncate on orgeid.access_anchors
  for each statement execute function orgeid.refuse_change();

-- A part is made by the first write of its month. Attached rather than created in place, which would wait for all readers.
create function orgeid.open_access_part(p_at timestamptz) returns void language plpgsql as $$
declare
  v_from timestamptz := date_trunc('month', p_at, 'UTC');
  v_to timestamptz := date_add(v_from, interval '1 month', 'UTC');
  v_part text := to_char(v_from at time zone 'UTC', '"access_history_"YYYY_MM');
begin
  if to_regclass('orgeid.' || v_part) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock('orgeid.access_history'::regclass::oid::integer, 1);
  if to_regclass('orgeid.' || v_part) is not null then
    return;
  end if;
  execute format('create table orgeid.%I (like orgeid.access_history including all)', v_part);
  -- Triggers of a statement on the whole do not fire for one on a part.
  execute format('create trigger %I before update or delete or truncate on orgeid.%I
    for each statement execute function orgeid.refuse_change()', v_part || '_append_only', v_part);
  execute format('alter table orgeid.access_history attach partition orgeid.%I for values from (%L) to (%L)',
    v_part, v_from, v_to);
end
$$;

create function orgeid.open_access_writer(p_writer text) returns void language plpgsql as $$
declare
  v_nr integer;
  v_genesis bytea;
begin
  perform pg_advisory_xact_lock('orgeid.access_writers'::regclass::oid::integer, 1);
  if exists (select from orgeid.access_writers where writer = p_writer) then
    return;
  end if;
  select nr, genesis into v_nr, v_genesis from orgeid.access_writers order by nr desc limit 1;
  v_nr := coalesce(v_nr, 0) + 1;
  v_genesis := sha256(coalesce(v_genesis, decode(repeat('00', 32), 'hex')) || int8send(v_nr) || convert_to(p_writer, 'UTF8'));
  insert into orgeid.access_writers (nr, writer, genesis, seq, hash, recorded_at)
  values (v_nr, p_writer, v_genesis, 0, v_genesis, '-infinity');
end
$$;

-- Writes entries behind one another in a writer's chain, leaving out those whose id is there; returns how many it wrote. An entry is
-- recorded no earlier than it was made (clocks differing by a day at most), which says in which parts it may be already.
create function orgeid.record_access(p_writer text, p_bodies text[]) returns integer language plpgsql as $$
declare
  v_seq bigint;
  v_prev bytea;
  v_hash bytea;
  v_now timestamptz;
  v_since timestamptz;
  v_written integer := 0;
  v_body text;
  v_entry jsonb;
begin
  select seq, hash, recorded_at into v_seq, v_prev, v_now from orgeid.access_writers where writer = p_writer for update;
  if not found then
    perform orgeid.open_access_writer(p_writer);
    select seq, hash, recorded_at into strict v_seq, v_prev, v_now from orgeid.access_writers where writer = p_writer for update;
  end if;
  v_now := greatest(clock_timestamp(), v_now);
  perform orgeid.open_access_part(v_now);
  v_since := (select least(min((b::jsonb ->> 'at')::timestamptz), v_now) from unnest(p_bodies) b) - interval '1 day';

  for v_body, v_entry in
    select given.body, given.entry
    from (
      select distinct on (b.body::jsonb ->> 'id') b.body, b.place, b.body::jsonb as entry
      from unnest(p_bodies) with ordinality b (body, place) order by b.body::jsonb ->> 'id', b.place
    ) given
    where not exists (
      select from orgeid.access_history h where h.id = (given.entry ->> 'id')::uuid and h.recorded_at >= v_since)
    order by given.place
  loop
    v_seq := v_seq + 1;
    v_hash := orgeid.chain_hash(v_prev, v_seq, v_now, v_body);
    insert into orgeid.access_history (writer, seq, recorded_at, id, at, actor, action, result, stream, body, prev_hash, hash)
    values (p_writer, v_seq, v_now, (v_entry ->> 'id')::uuid, (v_entry ->> 'at')::timestamptz, v_entry -> 'actor' ->> 'id',
      v_entry ->> 'action', v_entry -> 'outcome' ->> 'result', v_entry -> 'what' ->> 'stream', v_body, v_prev, v_hash);
    v_prev := v_hash;
    v_written := v_written + 1;
  end loop;
  if v_written > 0 then
    update orgeid.access_writers set seq = v_seq, hash = v_prev, recorded_at = v_now where writer = p_writer;
  end if;
  return v_written;
end
$$;

-- The parts that end at or before an instant, the oldest first.
create function orgeid.access_parts(p_before timestamptz) returns table (part text, until timestamptz) language sql stable as $$
  select c.relname::text, u.until
  from pg_inherits i join pg_class c on c.oid = i.inhrelid,
    lateral (select date_add(
      make_timestamptz(left(right(c.relname, 7), 4)::integer, right(c.relname, 2)::integer, 1, 0, 0, 0, 'UTC'),
      interval '1 month', 'UTC') as until) u
  where i.inhparent = 'orgeid.access_history'::regclass and u.until <= least(p_before, clock_timestamp())
  order by u.until
$$;

-- Removes parts whole. It gives up rather than keep readers and writers waiting behind it.
create function orgeid.prune_access(p_before timestamptz) returns table (part text, until timestamptz, entries bigint)
language plpgsql as $$
begin
  perform set_config('lock_timeout', '2s', true);
  perform pg_advisory_xact_lock('orgeid.access_anchors'::regclass::oid::integer, 1);
  for part, until in select p.part, p.until from orgeid.access_parts(p_before) p loop
    lock table orgeid.access_history in access exclusive mode;
    execute format('
      with ends as (
        insert into orgeid.access_anchors (writer, seq, hash, part, until)
        select w.writer, e.seq, e.hash, %L, %L from orgeid.access_writers w
        cross join lateral (select h.seq, h.hash from orgeid.%I h where h.writer = w.writer order by h.seq desc limit 1) e
        returning writer, seq)
      select coalesce(sum(n.seq - coalesce(
        (select max(a.seq) from orgeid.access_anchors a where a.writer = n.writer), 0)), 0) from ends n', part, until, part)
    into entries;
    execute format('drop table orgeid.%I', part);
    return next;
  end loop;
end
$$;
