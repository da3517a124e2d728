import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { carriedBy } from '../telemetry/span.ts';

const UNKNOWN = 'unknown';

/** A header that came once. */
const header =
  ({ headers }: FastifyRequest) =>
  (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };

/**
 * Gives each request a span within the trace that its `traceparent` names, else a trace of its own. It is named by the pattern of its route:
 * addresses hold the names of cases, and stay out.
 */
export function traceRequests(app: FastifyInstance): void {
  const contexts = new WeakMap<FastifyRequest, ReturnType<typeof context.active>>();
  app.addHook('onRequest', (request, reply, done) => {
    const { method, routeOptions } = request;
    if (routeOptions.config.probe === true) return done();
    const route = routeOptions.url ?? UNKNOWN;
    const within = carriedBy(header(request));
    const attributes = { 'http.request.method': method, 'http.route': route };
    const span = trace
      .getTracer('orgeid')
      .startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, within);
    reply.raw.once('close', () => {
      const { statusCode, writableFinished } = reply.raw;
      span.setAttribute('http.response.status_code', statusCode);
      const { problem } = request;
      if (problem !== undefined) span.setAttribute('error.type', problem);
      else if (!writableFinished) span.setAttribute('error.type', 'hung-up');
      if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    const active = trace.setSpan(within, span);
    contexts.set(request, active);
    context.with(active, done);
  });
  // The body arrives by events of the socket, which know nothing of the request.
  app.addHook('preValidation', (request, _reply, done) => {
    const active = contexts.get(request);
    if (active) context.with(active, done);
    else done();
  });
}
