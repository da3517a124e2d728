-- Up Migration

create table orgeid.command_keys (
  key text primary key,
  actor text not null,
  stream text not null,
  type text not null,
  digest bytea not null,
  given_at timestamptz not null default clock_timestamp()
);
comment on table orgeid.command_keys is
  'what callers sent under which idempotency key; whether it was carried out is for the log to say';
comment on column orgeid.command_keys.digest is 'SHA-256 of the command as it was sent';
create index command_keys_given on orgeid.command_keys (given_at);
