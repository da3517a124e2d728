import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Api } from './context.ts';

/** Whether the process lives: it answers. */
export const healthRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api: _api }) => {
  app.get(
    '/health',
    {
      schema: {
        tags: ['operation'],
        summary: 'Whether the process lives',
        security: [],
        response: { 200: z.strictObject({ status: z.literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  );
};
