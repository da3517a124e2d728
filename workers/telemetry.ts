import { SpanKind } from '@opentelemetry/api';
import { DefaultLogger, type InjectedSinks, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import { carriedBy, inSpan } from '../telemetry/span.ts';
import type { Tracing } from '../telemetry/timed.ts';
import type { TracingSinks } from '../workflows/tracing.ts';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Forwards the logs of the SDK and its Core to pino, and serves their metrics to Prometheus where an address is given.
 * Once in a process, before anything else of the SDK.
 */
export function installTelemetry(log: Logger, metricsAddress: string | undefined): void {
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      log[levels[level]]({ ...meta, source: 'temporal' }, message);
    }),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
      ...(metricsAddress === undefined ? {} : { metrics: { prometheus: { bindAddress: metricsAddress } } }),
    },
  });
}

/** Where workflows send their spans; without tracing they are dropped. */
export const tracingSinks = (tracing: Tracing | undefined): InjectedSinks<TracingSinks> => ({
  tracing: { span: { fn: (_info, span) => tracing?.record(span), callDuringReplay: false } },
});

/** The settling of an answer as a part of the trace that its headers carry. */
export const settled = <T>(
  header: (name: string) => string | undefined,
  work: () => Promise<T>,
): Promise<T> => inSpan('settle answer', { kind: SpanKind.CONSUMER, within: carriedBy(header) }, work);
