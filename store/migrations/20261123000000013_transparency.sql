-- Up Migration

create table orgeid.log_tiles (
  level smallint not null check (level between 0 and 63),
  index bigint not null check (index >= 0),
  hashes bytea not null check (length(hashes) = 8192),
  primary key (level, index)
);
comment on table orgeid.log_tiles is
  'full tiles of the Merkle tree over the log (C2SP tlog-tiles); what does not fill a tile yet is computed from orgeid.events';
comment on column orgeid.log_tiles.hashes is '256 hashes; of level 0: SHA-256(0x00 || hash of the event)';
create trigger log_tiles_append_only before update or delete or truncate on orgeid.log_tiles
  for each statement execute function orgeid.refuse_change();

create table orgeid.checkpoints (
  size bigint primary key check (size >= 0),
  root bytea not null check (length(root) = 32),
  note text not null,
  made_at timestamptz not null default clock_timestamp()
);
comment on table orgeid.checkpoints is 'signed tree heads (C2SP tlog-checkpoint); the same are kept outside the database and on NATS';
comment on column orgeid.checkpoints.size is 'how many events the tree covers: the position of the last';
create trigger checkpoints_append_only before update or delete or truncate on orgeid.checkpoints
  for each statement execute function orgeid.refuse_change();
