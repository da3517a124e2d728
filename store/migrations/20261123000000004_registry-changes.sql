-- Up Migration

create table orgeid.registry_changes (
  id bigint generated always as identity primary key,
  registry text,
  change_id text,
  keys text[] not null,
  disposition text not null,
  stream text,
  received_at timestamptz not null,
  detail text,
  payload jsonb,
  raw text not null,
  raw_sha256 bytea not null,
  unique nulls not distinct (registry, change_id, disposition, received_at, raw_sha256)
);
comment on table orgeid.registry_changes is
  'what registries published and what was made of it; the same message delivered again adds nothing';
comment on column orgeid.registry_changes.keys is 'the organisation''s codes that the change names, as claims have them';
comment on column orgeid.registry_changes.stream is 'the account, or the request under way, that was found for it';
comment on column orgeid.registry_changes.raw is 'as received, truncated; raw_sha256 is that of the whole';
create unique index registry_changes_taken on orgeid.registry_changes (registry, change_id) where disposition = 'TAKEN';
create index registry_changes_change on orgeid.registry_changes (registry, change_id);
create index registry_changes_waiting on orgeid.registry_changes using gin (keys) where disposition = 'NOT_YET_OPEN';
create trigger registry_changes_append_only before update or delete or truncate on orgeid.registry_changes
  for each statement execute function orgeid.refuse_change();

create table orgeid.former_keys (
  key text not null,
  stream text not null,
  left_at timestamptz not null,
  primary key (key, stream)
);
comment on table orgeid.former_keys is
  'keys that an account held before: a registry may go on naming the organisation by them';

-- An account lets go of a key only when its codes change; here, so that no way of changing them can forget to say so.
create function orgeid.keep_former_key() returns trigger language plpgsql as $$
begin
  insert into orgeid.former_keys as held (key, stream, left_at) values (old.key, old.stream, clock_timestamp())
  on conflict (key, stream) do update set left_at = excluded.left_at;
  return null;
end
$$;
create trigger organisation_claims_former after delete on orgeid.organisation_claims
  for each row when (old.stream like 'account-%') execute function orgeid.keep_former_key();

create table orgeid.reconciliations (
  run text primary key,
  registry text not null,
  policy_version text not null,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
create unique index reconciliations_going_on on orgeid.reconciliations (registry) where finished_at is null;
comment on index orgeid.reconciliations_going_on is 'one run of a registry at a time: whoever starts another joins it';

create table orgeid.reconciliation_findings (
  run text not null references orgeid.reconciliations,
  account text not null,
  version integer not null,
  outcome text not null,
  differences integer not null,
  finding jsonb not null,
  found_at timestamptz not null default clock_timestamp(),
  primary key (run, account)
);
comment on table orgeid.reconciliation_findings is
  'what comparing an account with a registry gave, once for each account and run; personal numbers are masked';
comment on column orgeid.reconciliation_findings.version is 'of the account when it was compared';
create trigger reconciliation_findings_append_only before update or delete or truncate on orgeid.reconciliation_findings
  for each statement execute function orgeid.refuse_change();
