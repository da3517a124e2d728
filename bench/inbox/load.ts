import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import { projections } from '../../domain/projections.ts';
import { canonical } from '../../store/body.ts';
import { chainHash } from '../../store/chain.ts';
import { project } from '../../store/projection.ts';
import { readHead } from '../../store/read.ts';
import { by, caseOf, POLICY_VERSION } from './cases.ts';
import { type Batch, type CaseRow, type EventRow, insertBatch } from './insert.ts';

const BATCH = 500;
/** The statements of the batch before go on between so many cases. */
const LET_OTHERS_AFTER = 5;
const COMMAND = 'load';

type Head = Batch['head'];

/**
 * Puts the cases numbered `from` to below `to` into the log and the read models, many to a transaction: folded by the real projections,
 * chained by the real hash, written as the append writes them. `refoldAll` and `verifyLog` find nothing amiss (`--check`). One batch is
 * made while the one before is written.
 */
export async function load(
  pool: pg.Pool,
  from: number,
  to: number,
  told: (n: number) => void,
): Promise<void> {
  const client = await pool.connect();
  let failed = true;
  try {
    let head: Head = await readHead(client);
    let writing: Promise<void> = Promise.resolve();
    for (let first = from; first < to; first += BATCH) {
      const [batch] = await Promise.all([batchOf(first, Math.min(first + BATCH, to), head), writing]);
      head = batch.head;
      told(first);
      writing = insertBatch(client, batch);
    }
    await writing;
    failed = false;
  } finally {
    client.release(failed);
  }
}

async function batchOf(from: number, to: number, before: Head): Promise<Batch> {
  const recordedAt = `${new Date().toISOString().slice(0, -1)}000Z`;
  const events: EventRow[] = [];
  const cases: CaseRow[] = [];
  let head = before;
  for (let n = from; n < to; n += 1) {
    if (n % LET_OTHERS_AFTER === 0) await setImmediate();
    const made = rowsOf(n, head, recordedAt);
    events.push(...made.events);
    cases.push(made.case);
    head = made.head;
  }
  return { recordedAt, events, cases, head };
}

function rowsOf(n: number, before: Head, recordedAt: string) {
  const { stream, at, events } = caseOf(n);
  const projection = projections.registration;
  const state = events.reduce<unknown>(
    (folded, event) => projection.evolve(folded, { ...event, at, by }),
    projection.initial(stream),
  );
  let head = before;
  const rows = events.map(({ type, data }, i): EventRow => {
    const position = head.position + 1;
    const version = i + 1;
    const body = canonical({ stream, version, type, data, at, by, commandId: COMMAND });
    const hash = chainHash(head.hash, { position, recordedAt, body });
    const row = { position, stream, version, type, commandId: COMMAND, at, body, prevHash: head.hash, hash };
    head = { position, hash };
    return row;
  });
  const one: CaseRow = {
    ...project(projection, 'registration', stream, state),
    stream,
    version: events.length,
    position: head.position,
    policyVersion: POLICY_VERSION,
    state,
  };
  return { events: rows, case: one, head };
}
