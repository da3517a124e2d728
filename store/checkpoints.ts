import type { Queryable } from './pool.ts';

/** A signed tree head as the database keeps it. `note`: the signed note; `madeAt`: ISO 8601 UTC. */
export type StoredCheckpoint = { readonly size: number; readonly note: string; readonly madeAt: string };

type Row = { readonly size: string; readonly note: string; readonly made_at: Date };

/** The largest checkpoint, of at most `upTo` events when it is given. */
export async function lastCheckpoint(db: Queryable, upTo?: number): Promise<StoredCheckpoint | undefined> {
  const { rows } = await db.query<Row>({
    name: 'last-checkpoint',
    text: `select size, note, made_at from orgeid.checkpoints where $1::bigint is null or size <= $1
      order by size desc limit 1`,
    values: [upTo ?? null],
  });
  return rows[0] && toCheckpoint(rows[0]);
}

/** At most `limit` checkpoints of more than `afterSize` events, the smallest first. */
export async function readCheckpoints(
  db: Queryable,
  afterSize: number,
  limit: number,
): Promise<StoredCheckpoint[]> {
  const { rows } = await db.query<Row>({
    name: 'checkpoints',
    text: 'select size, note, made_at from orgeid.checkpoints where size > $1 order by size limit $2',
    values: [afterSize, limit],
  });
  return rows.map(toCheckpoint);
}

/** Keeps a checkpoint; the first of a size stands. */
export async function putCheckpoint(
  db: Queryable,
  { size, root, note }: { readonly size: number; readonly root: Buffer; readonly note: string },
): Promise<void> {
  await db.query({
    name: 'put-checkpoint',
    text: 'insert into orgeid.checkpoints (size, root, note) values ($1, $2, $3) on conflict do nothing',
    values: [size, root, note],
  });
}

const toCheckpoint = ({ size, note, made_at }: Row): StoredCheckpoint => ({
  size: Number(size),
  note,
  madeAt: made_at.toISOString(),
});
