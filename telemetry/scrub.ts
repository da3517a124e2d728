import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

/**
 * All that a span may say. Libraries put messages of errors and stack traces into spans, and those may quote what somebody typed: what is not
 * in this list does not leave the process.
 */
const allowed: ReadonlySet<string> = new Set([
  'error.type',
  'exception.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'messaging.destination.name',
  'messaging.system',
  'orgeid.outcome',
  'orgeid.attempt',
  'run_id',
  'temporalActivityId',
  'temporalUpdateId',
  'temporalWorkflowId',
]);

const kept = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => allowed.has(name)));

/** The same span without what it must not say. */
export function scrub(span: ReadableSpan): ReadableSpan {
  const events = span.events.map((event) => ({ ...event, attributes: kept(event.attributes ?? {}) }));
  return Object.create(span, {
    attributes: { value: kept(span.attributes) },
    events: { value: events },
    links: { value: span.links.map((link) => ({ ...link, attributes: {} })) },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan;
}

/** An exporter that hears of no personal data. */
export const scrubbing = (exporter: SpanExporter): SpanExporter => ({
  export: (spans, done) => exporter.export(spans.map(scrub), done),
  shutdown: () => exporter.shutdown(),
  forceFlush: async () => exporter.forceFlush?.(),
});
