-- The roles of Org eID on a server whose migrating login may not make them: an administrator runs this once, in the database, and then
--   grant orgeid_migrator to <the login that migrates>;
--   grant orgeid_writer to <the login of workers and API>;    and so on for reader and auditor
-- It changes nothing that is there. Where the migrating login may make roles, migrations do all this themselves.
do $$
declare
  v_role text;
begin
  foreach v_role in array array['orgeid_migrator', 'orgeid_writer', 'orgeid_reader', 'orgeid_auditor'] loop
    if not exists (select from pg_roles where rolname = v_role) then
      execute format('create role %I nologin', v_role);
    end if;
    execute format('grant connect on database %I to %I', current_database(), v_role);
  end loop;
  execute format('grant create on database %I to orgeid_migrator', current_database());
end
$$;
