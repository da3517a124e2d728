import type { Pool } from 'pg';
import { DomainError } from '../../domain/error.ts';
import { projections } from '../../domain/projections.ts';
import { pin } from '../../policies/pin.ts';
import { canonical } from '../../store/body.ts';
import { type CaseLog, readCaseLog, streamPages, versionOf } from '../../store/caseLog.ts';
import { getPolicy } from '../../store/policy.ts';
import { type CaseRun, compareCase, compareRun } from './compareCase.ts';
import type { Comparison, Discrepancy } from './discrepancy.ts';
import { evidenceIn } from './evidence.ts';
import type { Histories, Run } from './histories.ts';
import { inLanes } from './lanes.ts';
import type { Settling } from './settle.ts';

export type WorkflowOptions = {
  readonly pool: Pool;
  readonly histories: Histories;
  readonly settling: Settling;
  /** Only this case. */
  readonly stream?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  onProgress?(done: number): void;
};

/** Histories that are read at once, and cases in a page. */
const LANES = 4;
const PAGE = 100;

/** Deletion after retention is not to the minute. */
const MARGIN_MS = 3_600_000;

/**
 * Every case of the log beside the latest run of its workflow, then every other run that Temporal holds beside the log. What retention
 * has removed is counted, not reported.
 */
export async function* compareWorkflows(options: WorkflowOptions): Comparison {
  const { pool, histories, settling, stream, signal, onProgress } = options;
  const retention = await histories.retentionMs();
  const look = lookingAt(pool, histories, retention);
  let [cases, beyondRetention, runs] = [0, 0, 0];

  for await (const page of stream === undefined ? streamPages(pool, PAGE) : [[stream]]) {
    signal?.throwIfAborted();
    const looks = await inLanes(page, LANES, async (one) => ({ one, ...(await look.at(one)) }));
    for (const { one, held, differences } of looks) {
      if (!held && differences.length === 0) beyondRetention += 1;
      yield* settling.suspect({
        seen: differences,
        again: async () => (await look.at(one)).differences,
      });
    }
    cases += page.length;
    onProgress?.(cases);
  }

  for await (const page of pages(histories.runs(stream), PAGE)) {
    signal?.throwIfAborted();
    const looks = await inLanes(page, LANES, async (run) => ({ run, differences: await look.atRun(run) }));
    for (const { run, differences } of looks) {
      yield* settling.suspect({ seen: differences, again: () => look.atRun(run) });
    }
    runs += page.length;
    onProgress?.(cases + runs);
  }
  yield* settling.settled();
  return { cases, beyondRetention, runs };
}

function lookingAt(pool: Pool, histories: Histories, retention: number) {
  const pinned = pinnedPolicies(pool);
  const within = (log: CaseLog) => Date.now() < log.recordedAt + retention - MARGIN_MS;
  const readRun = async (run: Run): Promise<CaseRun> => ({
    ...run,
    evidence: await evidenceIn(histories.events(run)),
  });

  /** The history is read before the log: all that it says must be there by then. */
  async function at(stream: string): Promise<{ held: boolean; differences: Discrepancy[] }> {
    const knownUntil = await versionOf(pool, stream);
    const latest = await histories.latest(stream);
    const run = latest && (await readRun(latest));
    const log = await readCaseLog(pool, projections, stream);
    const retained = log !== undefined && within(log);
    const differences = compareCase({ stream, log, knownUntil, run, retained });
    if (log && run) differences.push(...(await comparePinned(stream, log, run)));
    return { held: run !== undefined, differences };
  }

  async function comparePinned(
    stream: string,
    log: CaseLog,
    { run, evidence }: CaseRun,
  ): Promise<Discrepancy[]> {
    const expected = await pinned(log.policyVersion);
    if (expected === undefined || expected === canonical(evidence.policy ?? null)) return [];
    const detail = `the workflow does not go by policy ${log.policyVersion} as it is installed`;
    return [{ source: 'WORKFLOW', kind: 'PINNED_POLICY_DIFFERS', detail, stream, run }];
  }

  /** Latest runs of cases that the log knows were compared with their cases. */
  async function atRun(run: Run): Promise<Discrepancy[]> {
    const stream = run.workflowId;
    const known = (await versionOf(pool, stream)) > 0;
    if (known && run.status === 'RUNNING') return [];
    const latest = await histories.latest(stream);
    if (latest?.run === run.run) return known ? [] : (await at(stream)).differences;
    const read = await readRun(run);
    return [...compareRun(stream, await readCaseLog(pool, projections, stream), read)];
  }

  return { at, atRun };
}

/** What a case pins of an installed policy, as canonical text; undefined where LOG reports that policy. */
function pinnedPolicies(pool: Pool) {
  const known = new Map<string, Promise<string | undefined>>();
  const read = (version: string) =>
    getPolicy(pool, version).then(
      (policy) => canonical(pin(policy)),
      (error: unknown) => {
        if (error instanceof DomainError) return undefined;
        throw error;
      },
    );
  return (version: string | undefined): Promise<string | undefined> => {
    if (version === undefined) return Promise.resolve(undefined);
    const found = known.get(version) ?? read(version);
    known.set(version, found);
    return found;
  };
}

async function* pages<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[], void> {
  let page: T[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
