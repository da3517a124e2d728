import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CaseType } from '../../schemas/case.ts';
import { SearchAnswer, SearchParameters } from '../../schemas/http/lists.ts';
import { counted, listing, standings } from '../access-history/listing.ts';
import { recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import type { Api } from '../context.ts';
import { refusals } from '../responses.ts';
import { searchFor } from './search.ts';

/** Cases by name, code and number. */
export const searchRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.get(
    '/search',
    {
      schema: {
        operationId: 'search',
        tags: ['search'],
        summary: 'Find cases by the words of a name without diacritics, by code or by number',
        querystring: SearchParameters,
        response: { 200: SearchAnswer, ...refusals(400, 401, 403, 422, 429, 503) },
      },
    },
    (request) => {
      const access = listing(api, request, 'SEARCH', CaseType.options, standings);
      return recorded(api, request, access, () =>
        counted(access, searchFor(api, callerOf(request).actor, request.query)),
      );
    },
  );
};
