/** Ways to alter the log as a superuser of PostgreSQL, as SQL. Positions are those of the test's own log. */

/** Makes the chain whole again from a position on, as somebody does who knows how it is made. */
export const rehashFrom = (position: number) => `
  do $$
  declare
    one record;
    last bytea := coalesce((select hash from orgeid.events where position = ${position} - 1), decode(repeat('00', 32), 'hex'));
  begin
    for one in select * from orgeid.events where position >= ${position} order by position loop
      update orgeid.events set prev_hash = last, hash = orgeid.chain_hash(last, one.position, one.recorded_at, one.body)
      where position = one.position returning hash into last;
    end loop;
    update orgeid.log_head set hash = last, position = (select max(position) from orgeid.events);
  end $$`;

/** Closes the gaps that deletions left. */
export const closeGaps = `
  update orgeid.events e set position = -n.position from (
    select position as old, row_number() over (order by position) as position from orgeid.events) n where n.old = e.position;
  update orgeid.events set position = -position`;

export const edit = {
  payload: (position: number) =>
    `update orgeid.events set body = replace(body, '"note":"', '"note":"khác ') where position = ${position}`,
  time: (position: number) =>
    `update orgeid.events set body = replace(body, '2026-03-02T01:', '2026-03-01T01:'), at = at - interval '1 day' where position = ${position}`,
  recordedAt: (position: number) =>
    `update orgeid.events set recorded_at = recorded_at - interval '1 second' where position = ${position}`,
  actor: (position: number) =>
    `update orgeid.events set body = replace(body, 'Nguyễn Văn An', 'Trần Thị Bình') where position = ${position}`,
  column: (position: number) => `update orgeid.events set type = 'Other' where position = ${position}`,
};

export const remove = {
  at: (position: number) => `delete from orgeid.events where position = ${position}`,
  after: (position: number) => `delete from orgeid.events where position > ${position}`,
  stream: (position: number) =>
    `delete from orgeid.events where stream = (select stream from orgeid.events where position = ${position})`,
};

export const swap = (one: number, other: number) => `
  update orgeid.events set position = 0 where position = ${one};
  update orgeid.events set position = ${one} where position = ${other};
  update orgeid.events set position = ${other} where position = 0`;

export const insertAfter = (position: number) => `
  update orgeid.events set position = -position - 1 where position > ${position};
  update orgeid.events set position = -position where position < 0;
  insert into orgeid.events (position, stream, version, type, command_id, at, recorded_at, body, prev_hash, hash)
  select ${position} + 1, stream, 10000, type, 'forged', at, recorded_at,
    replace(replace(body, '"version":' || version, '"version":10000'), '"commandId":"' || command_id, '"commandId":"forged'), hash, hash
  from orgeid.events where position = ${position}`;

/** Where the head says that the log ends. */
export const headAt = (position: number) =>
  `update orgeid.log_head set (position, hash) = (select position, hash from orgeid.events where position = ${position})`;

/** What an old backup of the whole database brings back: also no later checkpoint and no later tile is there. */
export const rollBackTo = (position: number) => `
  ${remove.after(position)};
  ${headAt(position)};
  delete from orgeid.checkpoints where size > ${position};
  delete from orgeid.log_tiles where (index + 1) * 256 ^ (level + 1) > ${position}`;
