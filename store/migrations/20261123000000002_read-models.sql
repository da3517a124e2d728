-- Up Migration

create table orgeid.cases (
  stream text primary key,
  type text not null,
  version integer not null,
  policy_version text not null,
  state jsonb not null,
  status text not null,
  title text not null,
  unit text,
  closed boolean not null,
  overdue boolean not null,
  due_at timestamptz,
  next_deadline_at timestamptz,
  waits jsonb not null,
  updated_at timestamptz not null,
  swept_version integer not null default 0
) with (fillfactor = 80);
comment on column orgeid.cases.swept_version is 'the version up to which the caretaker saw the case attended';
create index cases_unowned on orgeid.cases (updated_at, stream)
  where not closed and waits = '[]' and next_deadline_at is null;
create index cases_deadline on orgeid.cases (next_deadline_at, stream) where not closed;
create index cases_unswept on orgeid.cases (updated_at, stream) where not closed and version > swept_version;

create table orgeid.tasks (
  stream text not null,
  task_id text not null,
  kind text not null,
  role text not null,
  units text[] not null,
  holder text,
  status text not null,
  due_at timestamptz,
  due_key timestamptz not null generated always as (coalesce(due_at, 'infinity')) stored,
  overdue boolean not null,
  opened_at timestamptz not null,
  task jsonb not null,
  primary key (stream, task_id)
) with (fillfactor = 80);
comment on column orgeid.tasks.due_key is 'order of an inbox: tasks without a limit come last';
create index tasks_units on orgeid.tasks using gin (units) where status in ('OPEN', 'CLAIMED');
create index tasks_role on orgeid.tasks (role, due_key, stream, task_id) where status in ('OPEN', 'CLAIMED');
create index tasks_holder on orgeid.tasks (holder, due_key, stream, task_id) where status = 'CLAIMED';

create table orgeid.organisation_claims (
  key text primary key,
  stream text not null,
  taken_from text
);
comment on table orgeid.organisation_claims is
  'one organisation has at most one open request and one account: a key has one holder by its primary key';
comment on column orgeid.organisation_claims.taken_from is
  'the case that handed the key over; it may go on naming the key until it closes';
create index organisation_claims_stream on orgeid.organisation_claims (stream);

create table orgeid.policies (
  version text primary key,
  body jsonb not null,
  sha256 text not null,
  installed_at timestamptz not null default clock_timestamp()
);
create trigger policies_immutable before update or delete or truncate on orgeid.policies
  for each statement execute function orgeid.refuse_change();

create table orgeid.registry_answers (
  id bigint generated always as identity primary key,
  answer_id text,
  question_id text,
  party text,
  disposition text not null,
  received_at timestamptz not null,
  detail text,
  payload jsonb,
  raw text not null,
  raw_sha256 bytea not null,
  unique nulls not distinct (party, answer_id, disposition, received_at, raw_sha256)
);
comment on table orgeid.registry_answers is 'what came in and what was made of it; the same message delivered again adds nothing';
comment on column orgeid.registry_answers.raw is 'as received, truncated; raw_sha256 is that of the whole';
create index registry_answers_question on orgeid.registry_answers (question_id, id);
create trigger registry_answers_append_only before update or delete or truncate on orgeid.registry_answers
  for each statement execute function orgeid.refuse_change();

create sequence orgeid.identification_number start with 10000000001 no cycle;
comment on sequence orgeid.identification_number is
  'Art 6 Decree 69/2024 says a natural number, unique to the organisation; length and prefix: NOT FOUND';
