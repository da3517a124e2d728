import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CaseType } from '../../schemas/case.ts';
import {
  InboxCountsAnswer,
  InboxCountsParameters,
  InboxParameters,
  NextTask,
  NextTaskHeaders,
} from '../../schemas/http/inbox.ts';
import { InboxItem, InboxPage } from '../../schemas/inbox.ts';
import { countInbox } from '../../store/inbox/counts.ts';
import { listInbox } from '../../store/inbox/list.ts';
import { counted, listing, standingsOf } from '../access-history/listing.ts';
import { recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import { given } from '../commands/given.ts';
import type { SentCommand } from '../commands/perform.ts';
import type { Api } from '../context.ts';
import { etag } from '../etag.ts';
import { refusals } from '../responses.ts';
import { eventRoutes } from './eventRoutes.ts';
import { claimNext } from './next.ts';
import { onlookerOf } from './onlooker.ts';

/** What counts as soon when nobody says. */
const SOON_MS = 24 * 3_600_000;
const tags = ['inbox'];

/** What a caller has to do, how much of it, and what to do next. */
export const inboxRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.get(
    '/inbox',
    {
      schema: {
        operationId: 'read-inbox',
        tags,
        summary: 'List the tasks of the caller, of the unit, or of the units below for who heads it',
        querystring: InboxParameters,
        response: { 200: InboxPage, ...refusals(400, 401, 403, 422, 429, 503) },
      },
    },
    (request) => {
      const access = listing(api, request, 'LIST', CaseType.options, standingsOf[request.query.view]);
      return recorded(api, request, access, () =>
        counted(access, listInbox(api.pool, onlookerOf(callerOf(request).actor), request.query)),
      );
    },
  );
  app.get(
    '/inbox/counts',
    {
      schema: {
        operationId: 'count-inbox',
        tags,
        summary: 'Count what the list of an inbox shows',
        querystring: InboxCountsParameters,
        response: { 200: InboxCountsAnswer, ...refusals(400, 401, 403, 422, 429, 503) },
      },
    },
    async (request) => {
      const soonBefore = request.query.soonBefore ?? new Date(api.now() + SOON_MS).toISOString();
      const access = listing(api, request, 'COUNT', CaseType.options, standingsOf[request.query.view]);
      const question = { ...request.query, soonBefore };
      const counts = await recorded(api, request, access, () =>
        countInbox(api.pool, onlookerOf(callerOf(request).actor), question),
      );
      return { ...counts, soonBefore };
    },
  );
  app.post(
    '/inbox/next',
    {
      schema: {
        operationId: 'claim-next',
        tags,
        summary: 'Claim the task to do next; the same one for the same Idempotency-Key',
        headers: NextTaskHeaders,
        body: NextTask,
        response: {
          200: InboxItem,
          204: z.undefined().describe('There is none. The key has claimed nothing, and may be sent again.'),
          ...refusals(400, 401, 403, 409, 412, 413, 415, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { 'idempotency-key': key } = request.headers;
      const give = (sent: SentCommand) => given(api, request, sent);
      const asked = { key, wanted: request.body, correlationId: request.id, give };
      const access = listing(api, request, 'NEXT', CaseType.options, standingsOf.unit);
      const item = await recorded(api, request, access, async () => {
        const found = await claimNext(api, callerOf(request).actor, asked);
        access.what = { ...access.what, ...(found ? { stream: found.stream, taskId: found.task.id } : {}) };
        return found;
      });
      if (!item) return reply.code(204).send();
      reply.header('etag', etag(item.caseVersion));
      return item;
    },
  );
  await app.register(eventRoutes, { api });
};
