-- Up Migration

create table orgeid.events (
  position bigint primary key,
  stream text not null,
  version integer not null check (version > 0),
  type text not null,
  command_id text not null,
  correlation_id text,
  at timestamptz not null,
  recorded_at timestamptz not null,
  body text not null,
  prev_hash bytea not null check (length(prev_hash) = 32),
  hash bytea not null check (length(hash) = 32),
  unique (stream, version)
);
comment on column orgeid.events.at is 'domain time: the moment at which the case decided';
comment on column orgeid.events.body is
  'RFC 8785 canonical JSON of {at, by, commandId, correlationId?, data, stream, type, version}; the columns repeat it for look-ups';
create index events_command on orgeid.events (stream, command_id);

create table orgeid.log_head (
  only_row boolean primary key default true check (only_row),
  position bigint not null,
  hash bytea not null check (length(hash) = 32)
);
comment on table orgeid.log_head is
  'locked by each append until its commit, so that positions are gapless and in commit order';
insert into orgeid.log_head (position, hash) values (0, decode(repeat('00', 32), 'hex'));

create function orgeid.instant_us(moment timestamptz) returns text language sql stable as $$
  select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- The definition stands in store/chain.ts, which computes the same for verification.
create function orgeid.chain_hash(prev bytea, pos bigint, recorded_at timestamptz, body text)
returns bytea language sql stable as $$
  select sha256(prev || int8send(pos) || convert_to(orgeid.instant_us(recorded_at), 'UTF8') || convert_to(body, 'UTF8'))
$$;

create function orgeid.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'EID_ERR_LOG_BROKEN: %.% is append-only, % refused', tg_table_schema, tg_table_name, tg_op
    using errcode = 'restrict_violation';
end
$$;
create trigger events_append_only before update or delete or truncate on orgeid.events
  for each statement execute function orgeid.refuse_change();
