import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ColleaguePage, ColleaguesParameters } from '../../schemas/http/colleagues.ts';
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
      const unit = unitShownTo(actor, wanted, api.units(), api.access.c06Unit);
      const { items, next } = await api.colleagues.list({ unit, ...query });
      return {
        items: items.map(({ roles, ...one }) => ({ ...one, roles: [...roles] })),
        ...(next === undefined ? {} : { next }),
      };
    },
  );
};
