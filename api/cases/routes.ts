import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CaseType } from '../../schemas/case.ts';
import { caseDetails } from '../../schemas/http/case.ts';
import {
  CaseEventPage,
  CaseEventsParameters,
  CasePage,
  OwnCasesParameters,
} from '../../schemas/http/lists.ts';
import { counted, listing } from '../access-history/listing.ts';
import { accessing, questionOf, recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import { collections, streamOf } from '../commands/exposed.ts';
import type { Api } from '../context.ts';
import { etag } from '../etag.ts';
import { refusals } from '../responses.ts';
import { detailFor } from './detail.ts';
import { eventsFor } from './events.ts';
import { ownCasesOf } from './list.ts';

/** The caller's own cases, and one case at a time as its reader may see it. */
export const caseRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  for (const caseType of CaseType.options) {
    const collection = collections[caseType];
    const params = z.object({ stream: streamOf(caseType) });
    app.get(
      `/${collection}`,
      {
        schema: {
          operationId: `list-${collection}`,
          tags: [collection],
          summary: `List the ${collection} that name the caller, the newest first`,
          querystring: OwnCasesParameters,
          response: { 200: CasePage, ...refusals(400, 401, 403, 422, 429, 503) },
        },
      },
      (request) => {
        const { actor } = callerOf(request);
        const access = listing(
          api,
          request,
          'LIST',
          [caseType],
          ['REGISTRANT', 'REPRESENTATIVE', 'AUTHORITY'],
        );
        return recorded(api, request, access, () =>
          counted(access, ownCasesOf(api, actor, caseType, request.query)),
        );
      },
    );
    app.get(
      `/${collection}/:stream`,
      {
        schema: {
          operationId: `read-${caseType}`,
          tags: [collection],
          summary: `Read a ${caseType}`,
          params,
          response: { 200: caseDetails[caseType], ...refusals(400, 401, 403, 404, 422, 429, 503) },
        },
      },
      async (request, reply) => {
        const { stream } = request.params;
        const access = accessing(api, 'READ', { stream, caseType });
        const detail = await recorded(api, request, access, () =>
          detailFor(api, callerOf(request).actor, caseType, stream, access),
        );
        reply.header('etag', etag(detail.version));
        return detail as never; // of this very case type, which a loop over all of them cannot say
      },
    );
    app.get(
      `/${collection}/:stream/events`,
      {
        schema: {
          operationId: `read-events-of-${caseType}`,
          tags: [collection],
          summary: `Read what happened in a ${caseType}`,
          params,
          querystring: CaseEventsParameters,
          response: { 200: CaseEventPage, ...refusals(400, 401, 403, 404, 422, 429, 503) },
        },
      },
      async (request, reply) => {
        const { actor } = callerOf(request);
        const { stream } = request.params;
        const access = accessing(api, 'READ', { stream, caseType, question: questionOf(request.query) });
        const { version, page } = await recorded(api, request, access, () =>
          eventsFor(api, actor, caseType, stream, request.query, access),
        );
        reply.header('etag', etag(version));
        return page;
      },
    );
  }
};
