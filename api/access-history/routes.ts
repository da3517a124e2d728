import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AccessPage, SubjectAccessPage } from '../../schemas/access-history.ts';
import { AccessHistoryParameters, OwnAccessHistoryParameters } from '../../schemas/http/access-history.ts';
import { callerOf } from '../caller.ts';
import { streamOf } from '../commands/exposed.ts';
import type { Api } from '../context.ts';
import { refusals } from '../responses.ts';
import { accessesOfAccount, accessesOfAll } from './history.ts';
import { accessing, questionOf, recorded } from './recorded.ts';

/** Who read or did what, for auditors and for the owners of accounts. */
export const accessHistoryRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.get(
    '/access-history',
    {
      schema: {
        operationId: 'read-access-history',
        tags: ['access-history'],
        summary: 'Read who read or did what, the latest first; for auditors',
        querystring: AccessHistoryParameters,
        response: { 200: AccessPage, ...refusals(400, 401, 403, 422, 429, 503) },
      },
    },
    (request) => {
      const access = accessing(api, 'HISTORY', { question: questionOf(request.query) });
      return recorded(api, request, access, () =>
        accessesOfAll(api, callerOf(request).actor, request.query, access),
      );
    },
  );
  app.get(
    '/accounts/:stream/access-history',
    {
      schema: {
        operationId: 'read-access-history-of-account',
        tags: ['accounts', 'access-history'],
        summary:
          'Read which offices read the account or the request that led to it, for its owner and for auditors',
        params: z.object({ stream: streamOf('account') }),
        querystring: OwnAccessHistoryParameters,
        response: { 200: SubjectAccessPage, ...refusals(400, 401, 403, 404, 422, 429, 503) },
      },
    },
    (request) => {
      const { stream } = request.params;
      const access = accessing(api, 'HISTORY', { stream, caseType: 'account' });
      return recorded(api, request, access, () =>
        accessesOfAccount(api, callerOf(request).actor, stream, request.query, access),
      );
    },
  );
};
