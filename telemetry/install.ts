import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { contextManager } from './context.ts';
import { scrubbing } from './scrub.ts';
import { asReadable, type Tracing } from './timed.ts';

/** Makes the process's tracer, propagator and context those of the OpenTelemetry API. Once in a process. */
export function installTracing(service: string): Tracing {
  const resource = Resource.default().merge(new Resource({ [ATTR_SERVICE_NAME]: service }));
  const processor = new BatchSpanProcessor(scrubbing(new OTLPTraceExporter()));
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  trace.setGlobalTracerProvider(provider);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  context.setGlobalContextManager(contextManager());
  return {
    record: (span) => processor.onEnd(asReadable(span, resource)),
    stop: () => provider.shutdown().catch(() => {}), // the collector is away: its loss, not ours
  };
}
