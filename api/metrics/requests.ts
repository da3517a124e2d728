import type { FastifyInstance } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Of requests that match no route: what was asked for stays out of the labels, or anybody could make as many as they like. */
const NO_ROUTE = 'none';

/** Rate, errors and duration of the requests, by the pattern of their route. */
export function measureRequests(app: FastifyInstance, register: Registry): void {
  const labels = ['method', 'route'] as const;
  const requests = new Counter({
    name: 'orgeid_http_requests_total',
    help: 'Requests by route and status; status 499 is a caller who hung up',
    labelNames: [...labels, 'status'],
    registers: [register],
  });
  const problems = new Counter({
    name: 'orgeid_http_problems_total',
    help: 'Refusals and failures by route and code',
    labelNames: ['route', 'code'],
    registers: [register],
  });
  const duration = new Histogram({
    name: 'orgeid_http_request_duration_seconds',
    help: 'From the head of the request to the end of the answer; streams of events are not measured',
    labelNames: labels,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [register],
  });
  app.addHook('onRequest', async (request, { raw }) => {
    const began = performance.now();
    const route = request.routeOptions.url ?? NO_ROUTE;
    const method = request.method;
    raw.once('close', () => {
      const status = raw.writableFinished ? raw.statusCode : 499;
      requests.inc({ method, route, status });
      if (request.problem !== undefined) problems.inc({ route, code: request.problem });
      const stream = String(raw.getHeader('content-type')).startsWith('text/event-stream');
      if (!stream) duration.observe({ method, route }, (performance.now() - began) / 1_000);
    });
  });
}
