#!/bin/sh
# Runs once, when PostgreSQL's volume is new: Temporal gets a role and databases of its own and no way into the log.
set -eu

psql --set ON_ERROR_STOP=1 --set password="$TEMPORAL_POSTGRES_PASSWORD" \
  --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role temporal login password :'password';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database orgeid from public;
revoke connect on database temporal, temporal_visibility from public;
SQL
