import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CaseType } from '../../schemas/case.ts';
import { caseDetails } from '../../schemas/http/case.ts';
import { callerOf } from '../caller.ts';
import { collections, streamOf } from '../commands/exposed.ts';
import type { Api } from '../context.ts';
import { etag } from '../etag.ts';
import { refusals } from '../responses.ts';
import { detailFor } from './detail.ts';

/** One case at a time, as its reader may see it. */
export const caseRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  for (const caseType of CaseType.options) {
    app.get(
      `/${collections[caseType]}/:stream`,
      {
        schema: {
          operationId: `read-${caseType}`,
          tags: [collections[caseType]],
          summary: `Read a ${caseType}`,
          params: z.object({ stream: streamOf(caseType) }),
          response: { 200: caseDetails[caseType], ...refusals(400, 401, 403, 404, 422, 429, 503) },
        },
      },
      async (request, reply) => {
        const detail = await detailFor(api, callerOf(request).actor, caseType, request.params.stream);
        reply.header('etag', etag(detail.version));
        return detail as never; // of this very case type, which a loop over all of them cannot say
      },
    );
  }
};
