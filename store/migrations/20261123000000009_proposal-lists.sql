-- Up Migration

create index tasks_lists on orgeid.tasks
    ((task ->> 'about') collate "C", due_key, opened_at, stream, task_id)
  where kind = 'DECIDE' and status in ('OPEN', 'CLAIMED');
comment on index orgeid.tasks_lists is 'what waits for the Director, by the list on which it was proposed';

create table orgeid.refused_items (
  command_id text primary key,
  actor text not null,
  stream text not null,
  code text not null,
  details jsonb not null,
  refused_at timestamptz not null default clock_timestamp()
);
comment on table orgeid.refused_items is
  'items of lists of commands that were refused: whoever sends the list again is told the same; what was carried out the log says';
create index refused_items_at on orgeid.refused_items (refused_at);
