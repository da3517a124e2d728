import { type HrTime, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import type { IResource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** A span that was timed where no tracer is, as in a workflow. Times in ms since the epoch; ids as in W3C trace context. */
export type TimedSpan = {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly from: number;
  readonly to: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** Code of a refusal or name of an error. */
  readonly error?: string;
};

/** Tracing of a process that was asked for it. */
export type Tracing = {
  /** Sends a span that was timed elsewhere. */
  record(span: TimedSpan): void;
  /** Sends what was collected; the process may end after it. */
  stop(): Promise<void>;
};

const hr = (ms: number): HrTime => [Math.floor(ms / 1_000), Math.round((ms % 1_000) * 1_000_000)];

export function asReadable(span: TimedSpan, resource: IResource): ReadableSpan {
  const { name, traceId, spanId, parentSpanId, from, to, attributes, error } = span;
  return {
    name,
    kind: SpanKind.INTERNAL,
    spanContext: () => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED }),
    parentSpanId,
    startTime: hr(from),
    endTime: hr(to),
    duration: hr(Math.max(0, to - from)),
    ended: true,
    status: { code: error === undefined ? SpanStatusCode.UNSET : SpanStatusCode.ERROR },
    attributes: { ...attributes, ...(error === undefined ? {} : { 'error.type': error }) },
    links: [],
    events: [],
    resource,
    instrumentationLibrary: { name: 'orgeid' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
