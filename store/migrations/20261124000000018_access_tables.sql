-- Up Migration

create table orgeid.access_tables (
  seq bigint generated always as identity primary key,
  version text not null,
  body jsonb not null,
  sha256 text not null,
  since timestamptz not null default clock_timestamp()
);
comment on table orgeid.access_tables is
  'tables of who may do what, each from the moment on at which it came into force; one that comes back stands here again';
create trigger access_tables_immutable before update or delete or truncate on orgeid.access_tables
  for each statement execute function orgeid.refuse_change();
