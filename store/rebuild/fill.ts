import type pg from 'pg';
import { DomainError } from '../../domain/error.ts';
import type { Queryable } from '../pool.ts';
import type { Projections } from '../projection.ts';
import { inTransaction } from '../transaction.ts';
import { foldAppend, type Poison, type Put, readAppends, readKnown } from './appends.ts';

const BATCH = 2_000;

/** A batch that is in the shadow: up to which position, and how many events it had. Nothing is left when it had none. */
export type Filled = { readonly position: number; readonly events: number };

/**
 * Puts the next events of the log into the shadow, whole appends, in one transaction with the progress. Within a transaction of its
 * caller when that is given a client.
 *
 * @throws DomainError EID_ERR_LOG_POISON naming the first event that cannot be folded, after all before it are in
 */
export async function fillNext(db: pg.Pool | pg.PoolClient, projections: Projections): Promise<Filled> {
  const { filled, poison } = await inTransaction(db, (client) => fill(client, projections));
  if (poison) throw new DomainError('EID_ERR_LOG_POISON', poison);
  return filled;
}

async function fill(
  db: Queryable,
  projections: Projections,
): Promise<{ readonly filled: Filled; readonly poison?: Poison }> {
  const { rows } = await db.query<{ position: string }>(
    'select position from orgeid_rebuild.progress for update',
  );
  const from = Number(rows[0]?.position);
  let appends = await readAppends(db, from, BATCH);
  // One append may be longer than a batch.
  for (let limit = BATCH * 2; appends.length === 1 && appends[0]?.length === limit / 2; limit *= 2)
    appends = await readAppends(db, from, limit);
  const known = await readKnown(db, [...new Set(appends.flatMap((append) => append[0]?.stream ?? []))]);
  const puts: Put[] = [];
  let poison: Poison | undefined;
  for (const append of appends) {
    const folded = foldAppend(projections, known, append);
    if ('poison' in folded) {
      poison = folded.poison;
      break;
    }
    puts.push(folded.put);
  }
  const position = puts.at(-1)?.position ?? from;
  await put(db, puts);
  await db.query('update orgeid_rebuild.progress set position = $1', [position]);
  return { filled: { position, events: position - from }, ...(poison ? { poison } : {}) };
}

/** In order: who takes over a key finds it with the case that it takes it from. */
async function put(db: Queryable, puts: readonly Put[]): Promise<void> {
  if (puts.length === 0) return;
  const column = (pick: (one: Put) => unknown) => puts.map(pick);
  await db.query({
    name: 'rebuild-put',
    text: `select orgeid_rebuild.put_case(p.stream, p.type, p.policy, p.version, p.position, p.recorded_at, p.state, p.view, p.deadline)
      from (select * from unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::bigint[], $6::timestamptz[], $7::jsonb[],
        $8::jsonb[], $9::timestamptz[]) with ordinality
        as u (stream, type, policy, version, position, recorded_at, state, view, deadline, n) order by n) p`,
    values: [
      column(({ stream }) => stream),
      column(({ type }) => type),
      column(({ policyVersion }) => policyVersion),
      column(({ version }) => version),
      column(({ position }) => position),
      column(({ recordedAt }) => recordedAt),
      column(({ state }) => JSON.stringify(state)),
      column(({ view, search }) => JSON.stringify({ ...view, search })),
      column(({ nextDeadlineAt }) => nextDeadlineAt),
    ],
  });
}
