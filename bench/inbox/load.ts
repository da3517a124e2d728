import type pg from 'pg';
import { projections } from '../../domain/projections.ts';
import { canonical } from '../../store/body.ts';
import { chainHash } from '../../store/chain.ts';
import { project } from '../../store/projection.ts';
import { readHead } from '../../store/read.ts';
import { by, caseOf, POLICY_VERSION } from './cases.ts';
import { type CaseRow, type EventRow, insertBatch } from './insert.ts';

const BATCH = 500;
const COMMAND = 'load';

type Head = { readonly position: number; readonly hash: string };

/**
 * Puts the cases numbered `from` to below `to` into the log and the read models, many to a transaction: folded by the real projections,
 * chained by the real hash, written as the append writes them. `refoldAll` and `verifyLog` find nothing amiss (`--check`).
 */
export async function load(
  pool: pg.Pool,
  from: number,
  to: number,
  told: (n: number) => void,
): Promise<void> {
  let head: Head = await readHead(pool);
  for (let first = from; first < to; first += BATCH) {
    const recordedAt = `${new Date().toISOString().slice(0, -1)}000Z`;
    const events: EventRow[] = [];
    const cases: CaseRow[] = [];
    for (let n = first; n < Math.min(first + BATCH, to); n += 1) {
      const made = rowsOf(n, head, recordedAt);
      events.push(...made.events);
      cases.push(made.case);
      head = made.head;
    }
    await insertBatch(pool, recordedAt, events, cases, head);
    told(Math.min(first + BATCH, to));
  }
}

function rowsOf(n: number, before: Head, recordedAt: string) {
  const { stream, at, events } = caseOf(n);
  const projection = projections.registration;
  const state = events.reduce<unknown>(
    (folded, event) => projection.evolve(folded, { ...event, at, by }),
    projection.initial(stream),
  );
  const { view, search, nextDeadlineAt } = project(projection, 'registration', stream, state);
  let head = before;
  const rows = events.map(({ type, data }, i): EventRow => {
    const position = head.position + 1;
    const body = canonical({ stream, version: i + 1, type, data, at, by, commandId: COMMAND });
    const hash = chainHash(head.hash, { position, recordedAt, body });
    const row = {
      position,
      stream,
      version: i + 1,
      type,
      command_id: COMMAND,
      at,
      body,
      prev_hash: head.hash,
      hash,
    };
    head = { position, hash };
    return row;
  });
  const one: CaseRow = {
    stream,
    version: events.length,
    position: head.position,
    policy_version: POLICY_VERSION,
    state,
    view: { ...view, search },
    deadline: nextDeadlineAt,
  };
  return { events: rows, case: one, head };
}
