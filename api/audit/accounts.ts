import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accountsAt } from '../../audit/replay/accounts.ts';
import { cutAt } from '../../audit/replay/cut.ts';
import { oneMoment } from '../../audit/replay/moment.ts';
import { ndjson } from '../../audit/replay/ndjson.ts';
import { DomainError } from '../../domain/error.ts';
import { AccountsParameters } from '../../schemas/http/audit.ts';
import type { Api } from '../context.ts';
import { refusals } from '../responses.ts';
import { audited } from './auditing.ts';

/** All accounts as they were. */
export const accountsRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.get(
    '/audit/accounts',
    {
      schema: {
        operationId: 'audit-accounts',
        tags: ['audit'],
        summary:
          'Read all accounts as they were at a moment, one a line, from the log alone, as fast as the caller takes them; for auditors',
        querystring: AccountsParameters,
        response: {
          200: {
            description:
              'One AccountAtMoment a line, in the order of the names of their cases. A connection that breaks off has not told all.',
            content: { 'application/x-ndjson': { schema: z.unknown() } }, // OpenAPI 3.1 has no words for lines of JSON
          },
          ...refusals(400, 401, 403, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const position = await audited(api, request, { part: 'accounts' }, ({ db }) => {
        const moment = oneMoment(request.query);
        if (moment && 'version' in moment) throw new DomainError('EID_ERR_SHAPE');
        return cutAt(db, moment);
      });
      const lines = ndjson(accountsAt(api.pool, position));
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(lines, { highWaterMark: 2 }) as never); // the text that is promised, in parts
    },
  );
};
