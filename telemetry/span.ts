import {
  type Attributes,
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** What a span may hold: see scrub.ts. */
export type SpanOptions = {
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  /** The context that it continues; the active one by default. */
  readonly within?: Context;
  /** Errors that are none. */
  readonly isFine?: (error: unknown) => boolean;
};

const tracer = () => trace.getTracer('orgeid');

/** Code of a refusal, code or name of an error; never its message, which may quote somebody. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Does some work in a span of its own. Without tracing it just does the work. */
export function inSpan<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const { kind, attributes, within = context.active(), isFine } = options;
  const settings = { ...(kind === undefined ? {} : { kind }), ...(attributes ? { attributes } : {}) };
  return tracer().startActiveSpan(name, settings, within, async (span) => {
    try {
      return await work();
    } catch (error) {
      if (!isFine?.(error)) {
        span.setAttribute('error.type', errorType(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The active trace as headers that carry it on (W3C trace context); none without tracing. */
export function carried(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** The trace that headers carry. */
export function carriedBy(headers: (name: string) => string | undefined): Context {
  const names = ['traceparent', 'tracestate'];
  return propagation.extract(ROOT_CONTEXT, headers, {
    get: (carrier, name) => carrier(name),
    keys: () => names,
  });
}
