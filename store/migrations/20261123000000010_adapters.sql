-- Up Migration

create table orgeid.adapters (
  public_key text collate "C" primary key check (public_key ~ '^U[A-Z2-7]{55}$'),
  party text collate "C" not null check (party ~ '^[A-Z0-9][A-Z0-9_-]{0,39}$'),
  kind text not null check (kind in ('registry', 'channel', 'service')),
  name text not null,
  added_at timestamptz not null default clock_timestamp(),
  added_by text not null,
  revoked_at timestamptz,
  revoked_by text,
  state text not null generated always as (case when revoked_at is null then 'ACTIVE' else 'REVOKED' end) stored,
  check ((revoked_at is null) = (revoked_by is null))
);
comment on table orgeid.adapters is
  'who may connect to NATS for which party; the configuration of the servers is generated from it. A key that was revoked stays so';
create index adapters_party on orgeid.adapters (party, added_at);
