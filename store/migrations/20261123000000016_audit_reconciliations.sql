-- Up Migration

create table orgeid.audit_reconciliations (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  head bigint not null,
  differences integer not null check (differences >= 0),
  summary jsonb not null,
  discrepancies jsonb not null,
  recorded_at timestamptz not null default clock_timestamp()
);
comment on table orgeid.audit_reconciliations is
  'what each run of the Schedule found when it compared log, delivery, workflows and read models';
comment on column orgeid.audit_reconciliations.head is 'position of the log when the run began';
comment on column orgeid.audit_reconciliations.discrepancies is 'the first hundred; summary counts all of them';
create trigger audit_reconciliations_append_only before update or delete or truncate on orgeid.audit_reconciliations
  for each statement execute function orgeid.refuse_change();
