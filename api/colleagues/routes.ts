import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ColleaguePage, ColleaguesParameters } from '../../schemas/http/colleagues.ts';
import { counted } from '../access-history/listing.ts';
import { accessing, questionOf, recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import type { Api } from '../context.ts';
import { refusals } from '../responses.ts';
import { unitShownTo } from './reach.ts';

/** Whom work can be handed to. */
export const colleagueRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.get(
    '/colleagues',
    {
      schema: {
        operationId: 'list-colleagues',
        tags: ['colleagues'],
        summary: 'List the people of the own unit; its head those of a unit below; C06 those of any',
        querystring: ColleaguesParameters,
        response: { 200: ColleaguePage, ...refusals(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request) => {
      const { actor } = callerOf(request);
      const { unit: wanted, ...query } = request.query;
      const access = accessing(api, 'LIST', { question: questionOf({ of: 'colleagues', ...request.query }) });
      const { items, next } = await recorded(api, request, access, () => {
        const unit = unitShownTo(actor, wanted, api.units(), api.access.c06Unit);
        return counted(access, api.colleagues.list({ unit, ...query }));
      });
      return {
        items: items.map(({ roles, ...one }) => ({ ...one, roles: [...roles] })),
        ...(next === undefined ? {} : { next }),
      };
    },
  );
};
