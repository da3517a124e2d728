import process from 'node:process';
import { Client, Connection } from '@temporalio/client';
import type { Discrepancy, Source } from '../../audit/reconcile/discrepancy.ts';
import { type Histories, historiesOf } from '../../audit/reconcile/histories.ts';
import { type ReconcileOptions, type ReconcileSummary, reconcile } from '../../audit/reconcile/reconcile.ts';
import { connectBus } from '../../bus/connect.ts';
import { DomainError } from '../../domain/error.ts';
import { lastReconciliation } from '../../store/auditReconciliations.ts';
import { print, printJson } from '../output.ts';
import type { AuditorOptions } from './auditor.ts';
import { asAuditor } from './database.ts';
import { discrepancyLine, summaryLines } from './reconcileLines.ts';
import { recordedRead } from './recorded.ts';

/** Options of `orgeid audit reconcile` as the command line gives them. */
export type AuditReconcileOptions = AuditorOptions & {
  readonly only?: string;
  readonly stream?: string;
  readonly settle: string;
  readonly lateAfter: string;
  readonly last?: boolean;
  readonly json?: boolean;
};

const names: Readonly<Record<string, Source>> = {
  log: 'LOG',
  delivery: 'DELIVERY',
  workflows: 'WORKFLOW',
  'read-models': 'READ_MODEL',
};

/** A walk over a large log takes its time for each page. */
const STATEMENT_TIMEOUT_MS = 60_000;
const PROGRESS_MS = 1_000;

/**
 * Runs the comparison on a system and prints each difference when it is sure of it; progress goes to standard error.
 *
 * @returns exit code: 0 nothing differs, 1 there is no run to show, 3 something differs
 * @throws DomainError EID_ERR_USAGE naming the variables or options that are missing or wrong
 */
export async function runAuditReconcile(options: AuditReconcileOptions): Promise<0 | 1 | 3> {
  const settings = {
    only: sourcesIn(options.only),
    stream: options.stream,
    settleMs: seconds('settle', options.settle),
    lateAfterMs: seconds('late-after', options.lateAfter),
  };
  return await asAuditor(
    async (pool) => {
      const asked = {
        ...(options.stream === undefined ? {} : { stream: options.stream }),
        question: { what: 'reconcile', only: options.only, last: options.last },
      };
      await recordedRead(pool, options, asked, 'AUDIT', async () => {});
      if (options.last) return await showLast(options, () => lastReconciliation(pool));
      return await connected(settings.only, async (engines) =>
        show(reconcile({ ...settings, ...engines, pool, onProgress: progress() }), options.json === true),
      );
    },
    { statementTimeoutMs: STATEMENT_TIMEOUT_MS },
  );
}

/** Prints as it goes; the summary last. */
async function show(run: AsyncGenerator<Discrepancy, ReconcileSummary>, json: boolean): Promise<0 | 3> {
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done) {
      if (json) printJson({ summary: step.value });
      else print(summaryLines(step.value).join('\n'));
      return step.value.differences === 0 ? 0 : 3;
    }
    if (json) printJson(step.value);
    else print(discrepancyLine(step.value));
  }
}

type Kept = typeof lastReconciliation<ReconcileSummary['sources'], Discrepancy>;

async function showLast(
  { json }: Pick<AuditReconcileOptions, 'json'>,
  read: () => ReturnType<Kept>,
): Promise<0 | 1 | 3> {
  const last = await read();
  if (!last) {
    process.stderr.write('The Schedule has not compared anything yet.\n');
    return 1;
  }
  const { discrepancies, summary, ...totals } = last;
  if (json) {
    for (const one of discrepancies) printJson(one);
    printJson({ summary: { ...totals, sources: summary } });
  } else
    print(
      [...discrepancies.map(discrepancyLine), ...summaryLines({ ...totals, sources: summary })].join('\n'),
    );
  return last.differences === 0 ? 0 : 3;
}

type EnginesCompared = Pick<ReconcileOptions, 'nc' | 'histories'>;

/** Connects to what is compared, and to nothing else. */
async function connected<T>(
  only: readonly Source[],
  use: (engines: EnginesCompared) => Promise<T>,
): Promise<T> {
  const needs = (source: Source, name: string) => (only.includes(source) ? variable(name) : undefined);
  const servers = needs('DELIVERY', 'ORGEID_NATS_URL');
  const address = needs('WORKFLOW', 'ORGEID_TEMPORAL_ADDRESS');
  const nc =
    servers === undefined
      ? undefined
      : await connectBus({ servers, name: 'orgeid-audit', waitOnFirstConnect: false, timeout: 5_000 });
  try {
    if (address === undefined) return await use({ nc });
    const connection = await Connection.connect({ address });
    try {
      const histories: Histories = historiesOf(new Client({ connection }));
      return await use({ nc, histories });
    } finally {
      await connection.close();
    }
  } finally {
    await nc?.close();
  }
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new DomainError('EID_ERR_USAGE', { variables: [name] });
  return value;
}

function sourcesIn(only: string | undefined): readonly Source[] {
  if (only === undefined) return Object.values(names);
  return only.split(',').map((name) => {
    const source = names[name.trim()];
    if (source) return source;
    throw new DomainError('EID_ERR_USAGE', { reason: `--only takes ${Object.keys(names).join(', ')}` });
  });
}

function seconds(name: string, text: string): number {
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text)) return Math.round(Number(text) * 1_000);
  throw new DomainError('EID_ERR_USAGE', { reason: `--${name} is a number of seconds` });
}

/** A line for each comparison when it begins, and no more than one a second while it runs. */
function progress(): NonNullable<ReconcileOptions['onProgress']> {
  let toldAt = 0;
  return ({ source, done }) => {
    if (done > 0 && performance.now() - toldAt < PROGRESS_MS) return;
    toldAt = performance.now();
    process.stderr.write(done === 0 ? `${source}\n` : `${source}: ${done} compared\n`);
  };
}
