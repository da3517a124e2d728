-- Up Migration

create table orgeid.officers (
  id text collate "C" primary key,
  name text collate "C" not null,
  roles text[] not null,
  unit text collate "C" not null,
  source text not null check (source in ('FILE', 'TOKEN')),
  seen_at timestamptz not null
);
comment on table orgeid.officers is
  'the people of the offices, to whom work can be handed; what somebody may do is for their own token to say, each time';
comment on column orgeid.officers.source is
  'FILE: put there by the operator, and never seen since; TOKEN: as the person last signed in';
create index officers_unit on orgeid.officers (unit, name, id);
