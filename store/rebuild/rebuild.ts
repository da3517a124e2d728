import type pg from 'pg';
import { DomainError } from '../../domain/error.ts';
import type { Projections } from '../projection.ts';
import { readHead } from '../read.ts';
import { inTransaction } from '../transaction.ts';
import {
  addLanes,
  clearSuspects,
  comparedTables,
  differencesOf,
  putRight,
  type RowDifference,
  suspectDiffering,
  suspectMoved,
} from './compare.ts';
import { type Filled, fillNext } from './fill.ts';
import { dropShadow, isOurs, makeShadow, shadowPosition } from './shadow.ts';

export type RebuildOptions = {
  /** Throws away what an interrupted rebuild has done, and begins anew. */
  readonly fresh?: boolean;
  /** Only says what differs: the read models stay as they are. */
  readonly check?: boolean;
  /** Which code makes the rows; what another began is thrown away, since half of the rows would be as that one reads the log. */
  readonly code?: string;
  /** Called after each batch, and before a table is compared. */
  onProgress?(progress: RebuildProgress): void;
  /** Aborting it stops after a batch or a table; the next rebuild goes on from the last batch. */
  readonly signal?: AbortSignal;
};

/** Up to which position the shadow is filled, where the log ends, and which table is being compared, if one is. */
export type RebuildProgress = {
  readonly position: number;
  readonly head: number;
  readonly comparing?: string;
};

/** What came of a rebuild. */
export type Rebuilt = {
  /** Position of the log at which they were compared, and which the rows that were put right stand for. */
  readonly position: number;
  /** The first rows of each table that were not as the log gives them; none: they were byte-equal. */
  readonly differences: readonly RowDifference[];
  /** How many rows of each table were put right. */
  readonly corrected: Readonly<Record<string, number>>;
};

/** So near to the end of the log that appends may wait for the rest. */
const NEAR = 500;
const SHOWN = 20;
/** What the comparison of a table may take, ms, and what the switch may take under the log's lock: appends wait for it. */
const COMPARE_MS = 3_600_000;
const SWITCH_MS = 300_000;

/**
 * Makes the read models anew from the log, beside the live ones and while appends go on, compares both byte for byte as they are at one
 * position, and then, where rows differ, puts them right under the log's lock: there it looks only at the cases of these rows and at those
 * that went on meanwhile. Readers see either what was or what is. What was interrupted goes on from the batch where it was, unless code
 * or tables are others now. Needs the owner's rights.
 *
 * @throws DomainError EID_ERR_LOG_POISON naming the first event that cannot be folded: nothing live is changed
 * @throws DomainError EID_ERR_REBUILD_RUNNING; the signal's reason
 */
export async function rebuildReadModels(
  pool: pg.Pool,
  projections: Projections,
  options: RebuildOptions = {},
): Promise<Rebuilt> {
  return await alone(pool, async () => {
    const { fresh = false, code = '' } = options;
    let begun = (await shadowPosition(pool)) !== undefined;
    if (begun && (fresh || !(await isOurs(pool, code)))) {
      await dropShadow(pool);
      begun = false;
    }
    if (!begun) await inTransaction(pool, (db) => makeShadow(db, code));
    await catchUp(pool, projections, options);
    const compared = await compareAll(pool, projections, options);
    if (compared.differences.length > 0 && !options.check) {
      await catchUp(pool, projections, options);
      return await switchOver(pool, projections, compared.position);
    }
    await dropShadow(pool);
    return compared;
  });
}

async function catchUp(pool: pg.Pool, projections: Projections, options: RebuildOptions): Promise<void> {
  for (;;) {
    options.signal?.throwIfAborted();
    const { position, events } = await fillNext(pool, projections);
    const head = (await readHead(pool)).position;
    options.onProgress?.({ position, head });
    if (events === 0 || head - position < NEAR) return;
  }
}

/** Compares in one snapshot, to whose end the shadow is filled: appends go on. Notes the cases whose rows differ. */
async function compareAll(
  pool: pg.Pool,
  projections: Projections,
  { onProgress, signal }: RebuildOptions,
): Promise<Rebuilt> {
  return await inTransaction(pool, async (db) => {
    await db.query(
      `set transaction isolation level repeatable read; set local statement_timeout = ${COMPARE_MS}`,
    );
    const position = await fillAll(db, projections);
    await clearSuspects(db);
    const differences: RowDifference[] = [];
    for (const table of comparedTables) {
      signal?.throwIfAborted();
      onProgress?.({ position, head: position, comparing: table });
      const found = await differencesOf(db, table, 'ALL', SHOWN);
      differences.push(...found);
      if (found.length > 0) await suspectDiffering(db, table);
    }
    return { position, differences, corrected: {} };
  });
}

/** @param since position at which the cases that differ were noted */
async function switchOver(pool: pg.Pool, projections: Projections, since: number): Promise<Rebuilt> {
  return await inTransaction(pool, async (db) => {
    await db.query(`set local statement_timeout = ${SWITCH_MS}; set local lock_timeout = ${SWITCH_MS}`);
    // The first lock of every append: none is under way now, and none begins before this transaction ends.
    await db.query(`select pg_advisory_xact_lock('orgeid.log_head'::regclass::oid::integer, 0)`);
    const position = await fillAll(db, projections);
    await suspectMoved(db, since);
    await db.query('analyze orgeid_rebuild.suspects');
    await addLanes(db);
    const differences: RowDifference[] = [];
    const corrected: Record<string, number> = {};
    for (const table of comparedTables) {
      const found = await differencesOf(db, table, 'SUSPECTS', SHOWN);
      differences.push(...found);
      if (found.length > 0) corrected[table] = await correct(db, table);
    }
    await dropShadow(db);
    return { position, differences, corrected };
  });
}

/** Fills the shadow up to the end of the log as this transaction sees it. @returns that position */
async function fillAll(db: pg.PoolClient, projections: Projections): Promise<number> {
  let filled: Filled;
  do filled = await fillNext(db, projections);
  while (filled.events > 0);
  return filled.position;
}

async function correct(db: pg.PoolClient, table: string): Promise<number> {
  // A row that is put right is no key that an account let go of.
  const trigger = table === 'organisation_claims' ? 'organisation_claims_former' : undefined;
  if (trigger) await db.query(`alter table orgeid.${table} disable trigger ${trigger}`);
  const { put, removed } = await putRight(db, table);
  if (trigger) await db.query(`alter table orgeid.${table} enable trigger ${trigger}`);
  return Math.max(put, removed);
}

/** One rebuild at a time, in all processes. */
async function alone<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const ignore = () => {}; // a connection that breaks meanwhile: the lock is gone with it, and the next statement reports it
  client.on('error', ignore);
  const lock = async (act: 'pg_try_advisory_lock' | 'pg_advisory_unlock') => {
    const { rows } = await client.query<{ done: boolean }>(
      `select ${act}('orgeid.cases'::regclass::oid::integer, 1) as done`,
    );
    return rows[0]?.done === true;
  };
  try {
    if (!(await lock('pg_try_advisory_lock'))) throw new DomainError('EID_ERR_REBUILD_RUNNING', {});
    return await work();
  } finally {
    const unlocked = await lock('pg_advisory_unlock').catch(() => false);
    if (unlocked) client.off('error', ignore);
    client.release(!unlocked); // with its connection the lock goes
  }
}
