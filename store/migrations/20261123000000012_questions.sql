-- Up Migration

create table orgeid.questions (
  question_id text collate "C" primary key,
  party text collate "C" not null,
  first_asked_at timestamptz not null,
  attempt integer not null,
  attempts integer,
  asked_at timestamptz not null,
  answer_by timestamptz,
  next_try_at timestamptz,
  unavailable jsonb,
  settled_at timestamptz
);
comment on table orgeid.questions is
  'how far the asking of a question is: for people to see. Whether a case waits for it, the case says; a row that is missing or late harms nobody';
comment on column orgeid.questions.next_try_at is 'of the next attempt; null after the last one, and once it is settled';
create index questions_asked on orgeid.questions (party, asked_at);
create index registry_answers_case on orgeid.registry_answers (split_part(question_id, '.', 1), id);
create index registry_answers_party on orgeid.registry_answers (party, received_at);
create index cases_in_checks on orgeid.cases (stream) where status = 'DB_CHECK' and not closed;
