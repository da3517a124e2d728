-- Up Migration

create table orgeid.officer_history (
  seq bigint generated always as identity primary key,
  id text collate "C" not null,
  name text collate "C" not null,
  roles text[] not null,
  unit text collate "C" not null,
  listed boolean not null,
  recorded_at timestamptz not null default clock_timestamp()
);
comment on table orgeid.officer_history is
  'what orgeid.officers said of a person, and from when on; the auditor asks who could act at a moment';
comment on column orgeid.officer_history.listed is 'false: taken out of the directory, where the person stood like this';
create index officer_history_unit on orgeid.officer_history (unit, id);
create index officer_history_id on orgeid.officer_history (id, seq);
create trigger officer_history_append_only before update or delete or truncate on orgeid.officer_history
  for each statement execute function orgeid.refuse_change();

-- Here, so that no way of changing the directory can forget to say so.
create function orgeid.keep_officer() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    insert into orgeid.officer_history (id, name, roles, unit, listed) values (old.id, old.name, old.roles, old.unit, false);
  else
    insert into orgeid.officer_history (id, name, roles, unit, listed) values (new.id, new.name, new.roles, new.unit, true);
  end if;
  return null;
end
$$;
create trigger officers_came after insert on orgeid.officers for each row execute function orgeid.keep_officer();
create trigger officers_changed after update on orgeid.officers for each row
  when ((old.id, old.name, old.roles, old.unit) is distinct from (new.id, new.name, new.roles, new.unit))
  execute function orgeid.keep_officer();
create trigger officers_gone after delete on orgeid.officers for each row execute function orgeid.keep_officer();

insert into orgeid.officer_history (id, name, roles, unit, listed)
select id, name, roles, unit, true from orgeid.officers order by id;
