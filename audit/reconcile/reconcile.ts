import type { NatsConnection } from '@nats-io/transport-node';
import type { Pool } from 'pg';
import { readHead } from '../../store/read.ts';
import { compareDelivery } from './delivery.ts';
import { type Comparison, type Counted, type Discrepancy, type Source, sources } from './discrepancy.ts';
import type { Histories } from './histories.ts';
import { compareLog } from './log.ts';
import { compareReadModels } from './readModels.ts';
import { settling } from './settle.ts';
import { compareStatus } from './status.ts';
import { compareWorkflows } from './workflows.ts';

export type ReconcileOptions = {
  readonly pool: Pool;
  /** Needed for DELIVERY. */
  readonly nc?: NatsConnection | undefined;
  /** Needed for WORKFLOW. */
  readonly histories?: Histories | undefined;
  /** What is compared; all by default. */
  readonly only?: readonly Source[] | undefined;
  /** Only differences of this case. */
  readonly stream?: string | undefined;
  /** How long a difference of delivery or workflow has to stand before it counts, ms (default 30 000): work under way ends sooner. */
  readonly settleMs?: number | undefined;
  /** How old an event may be that is not delivered yet, ms (default 300 000). */
  readonly lateAfterMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: { readonly source: Source; readonly done: number }): void;
};

/** What a run found. Instants are ISO 8601 UTC; `head` is the log's position when it began. */
export type ReconcileSummary = {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly head: number;
  readonly differences: number;
  readonly sources: Partial<Record<Source, { readonly differences: number; readonly counted: Counted }>>;
};

/**
 * Compares the log with itself, with stream EVENTS and the status bucket, with the histories of Temporal, and with the read models.
 * Yields each difference when it is sure of it, and returns the totals. Changes nothing.
 *
 * @throws what the engines throw when they do not answer
 */
export async function* reconcile(options: ReconcileOptions): AsyncGenerator<Discrepancy, ReconcileSummary> {
  const { pool, only = sources, stream } = options;
  const startedAt = new Date().toISOString();
  const head = (await readHead(pool)).position;
  const found: ReconcileSummary['sources'] = {};
  let differences = 0;
  for (const source of sources.filter((one) => only.includes(one))) {
    options.signal?.throwIfAborted();
    options.onProgress?.({ source, done: 0 });
    let [own, counted]: [number, Counted] = [0, {}];
    for (const compare of comparisons(source, options)) {
      const comparison = readable(source, compare());
      for (let step = await comparison.next(); ; step = await comparison.next()) {
        if (step.done) {
          counted = { ...counted, ...step.value };
          break;
        }
        if (stream !== undefined && step.value.stream !== stream) continue;
        own += 1;
        yield step.value;
      }
    }
    differences += own;
    found[source] = { differences: own, counted };
  }
  return { startedAt, finishedAt: new Date().toISOString(), head, differences, sources: found };
}

function comparisons(source: Source, options: ReconcileOptions): (() => Comparison)[] {
  const { pool, nc, histories, stream, signal, settleMs = 30_000, lateAfterMs = 300_000 } = options;
  const onProgress = (done: number) => options.onProgress?.({ source, done });
  const common = { pool, settling: settling({ settleMs, signal }), signal, onProgress };
  switch (source) {
    case 'LOG':
      return [() => compareLog(pool)];
    case 'DELIVERY':
      if (!nc) throw new TypeError('DELIVERY needs a connection to NATS');
      return [
        () => compareDelivery({ ...common, nc, lateAfterMs }),
        () => compareStatus(pool, nc, common.settling),
      ];
    case 'WORKFLOW':
      if (!histories) throw new TypeError('WORKFLOW needs the histories of Temporal');
      return [() => compareWorkflows({ ...common, histories, stream })];
    case 'READ_MODEL':
      return [() => compareReadModels(pool)];
  }
}

/** A log whose bodies were changed may be no JSON, or nothing that folds: that ends the comparison, and is itself a difference. */
async function* readable(source: Source, comparison: Comparison): Comparison {
  try {
    return yield* comparison;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    // A syntax error's message quotes the text.
    const why = error.name === 'SyntaxError' ? 'not JSON' : error.message;
    yield { source, kind: 'UNREADABLE', detail: `the comparison ended here: ${why}` };
    return {};
  }
}
