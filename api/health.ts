import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Readiness } from '../schemas/http/readiness.ts';
import type { Api } from './context.ts';

/** Whether the process lives, and whether it takes work. Addresses and reasons stay in the log. */
export const healthRoutes: FastifyPluginAsyncZod<{ readonly api: Pick<Api, 'ready'> }> = async (
  app,
  { api },
) => {
  app.get(
    '/health',
    {
      config: { probe: true },
      schema: {
        tags: ['operation'],
        operationId: 'read-health',
        summary: 'Whether the process lives',
        security: [],
        response: { 200: z.strictObject({ status: z.literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  );
  app.get(
    '/ready',
    {
      config: { probe: true },
      schema: {
        tags: ['operation'],
        operationId: 'read-readiness',
        summary: 'Whether the process takes work, and what it misses if not',
        security: [],
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const missing = await api.ready();
      if (missing.length === 0) return { status: 'ready' as const, missing };
      return reply
        .code(503)
        .header('retry-after', 1)
        .send({ status: 'not-ready' as const, missing });
    },
  );
};
