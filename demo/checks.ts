import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Pool } from 'pg';
import { EVENTS } from '../bus/streams.ts';
import { projections } from '../domain/projections.ts';
import { readHead } from '../store/read.ts';
import { refoldAll } from '../store/refold.ts';
import { verifyLog } from '../store/verify.ts';
import type { AccountResult } from './accounts/results.ts';
import type { BodyResult } from './bodies.ts';
import { humanCommands } from './human-commands.ts';
import type { Result } from './outcomes.ts';
import type { TakenAway } from './take-away.ts';

export type Check = { readonly name: string; readonly holds: boolean; readonly why: string };

const RELAY_MS = 30_000;
const SHOWN = 5;

/** Position of the log's last event and sequence of the stream's, once the relay had its time to catch up. */
export async function headAndStream(
  pool: Pool,
  nc: NatsConnection,
): Promise<{ readonly logHead: number; readonly streamLastSequence: number }> {
  const jsm = await jetstreamManager(nc);
  const until = Date.now() + RELAY_MS;
  for (;;) {
    const logHead = (await readHead(pool)).position;
    const { state } = await jsm.streams.info(EVENTS);
    if (state.last_seq === logHead || Date.now() > until)
      return { logHead, streamLastSequence: state.last_seq };
    await pause(100);
  }
}

async function unowned(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ stream: string }>(
    `select stream from orgeid.cases where not closed and (waits = '[]' or exists (
       select from jsonb_array_elements(waits) wait where coalesce(wait->>'owner', '') = ''))
     order by stream`,
  );
  return rows.map(({ stream }) => stream);
}

async function differences(pool: Pool): Promise<string[]> {
  const found: string[] = [];
  for await (const { stream, what, key } of refoldAll(pool, projections))
    found.push(`${what} ${key} of ${stream}`);
  return found;
}

const listed = (faults: readonly string[]): string =>
  faults.length > SHOWN
    ? `${faults.slice(0, SHOWN).join('; ')} and ${faults.length - SHOWN} more`
    : faults.join('; ');

/** What must hold when the demo is over. */
export async function check(
  pool: Pool,
  heads: { readonly logHead: number; readonly streamLastSequence: number },
  results: readonly Result[],
  accounts: readonly AccountResult[],
  statuses: readonly string[],
  rejectedRows: { readonly found: number; readonly wanted: number },
  bodies: readonly BodyResult[],
  takenAway: TakenAway,
): Promise<Check[]> {
  const verdict = await verifyLog(pool);
  const [noOwner, unlike] = [await unowned(pool), await differences(pool)];
  const lacking = results
    .filter((result) => result.lacking.length > 0)
    .map(({ entry, lacking }) => `${entry.id} (${entry.path}): ${lacking.join(', ')}`);
  const unplayed = accounts
    .filter((account) => account.lacking.length > 0)
    .map(({ name, organisation, lacking }) => `${name} (${organisation}): ${lacking.join(', ')}`);
  const { commands, elsewhere } = await humanCommands(pool);
  const { logHead, streamLastSequence } = heads;
  return [
    of('everyRequestEndedOrOwned', noOwner.length === 0, listed(noOwner)),
    of('logHeadIsStreamEnd', logHead === streamLastSequence, `log ${logHead}, stream ${streamLastSequence}`),
    of('readModelsAreFolds', unlike.length === 0, listed(unlike)),
    of('hashChainWhole', verdict.whole, verdict.whole ? '' : `${verdict.fault} at ${verdict.position}`),
    of('storylinesAsExpected', lacking.length === 0, listed(lacking)),
    of('accountStoriesAsExpected', unplayed.length === 0, listed(unplayed)),
    of(
      'bodiesAnswered',
      bodies.length > 0 && bodies.every(({ asExpected }) => asExpected),
      listed(
        bodies.flatMap(({ row, body, outcome, asExpected }) =>
          asExpected ? [] : [`${row} ${body}: ${outcome}`],
        ),
      ),
    ),
    of('statusBucketIsFold', statuses.length === 0, listed(statuses)),
    of(
      'brokenRowsReported',
      rejectedRows.found === rejectedRows.wanted,
      `${rejectedRows.found} of ${rejectedRows.wanted}`,
    ),
    of(
      'peopleActedOverHttp',
      commands > 0 && elsewhere.length === 0,
      commands === 0 ? 'nobody did anything' : listed(elsewhere),
    ),
    of('bundleHolds', takenAway.holds, takenAway.verdict.join(' ')),
    of('alteredBundleRefused', takenAway.refused, takenAway.refusal.join(' ')),
  ];
}

const of = (name: string, holds: boolean, why: string): Check => ({ name, holds, why: holds ? '' : why });
