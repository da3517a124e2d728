import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DomainError } from '../../domain/error.ts';
import { CaseType } from '../../schemas/case.ts';
import { InboxEventsHeaders, InboxEventsParameters } from '../../schemas/http/inbox.ts';
import { createLogBell } from '../../store/inbox/bell.ts';
import { readHead } from '../../store/read.ts';
import { listing } from '../access-history/listing.ts';
import { recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import type { Api } from '../context.ts';
import { refusals } from '../responses.ts';
import { endingAt } from './ending.ts';
import { createLines } from './lines.ts';
import { onlookerOf } from './onlooker.ts';
import { paced } from './pace.ts';
import { inboxStream } from './stream.ts';

/** Changes of the caller's inboxes as they happen. */
export const eventRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  const { pool, log, stopping, streams } = api;
  const bell = paced(createLogBell(pool, stopping), streams.paceMs);
  const lines = createLines(streams.perCaller);
  app.get(
    '/inbox/events',
    {
      schema: {
        operationId: 'follow-inbox',
        tags: ['inbox'],
        summary: 'Follow the inbox by server-sent events, from a position of the log on',
        querystring: InboxEventsParameters,
        headers: InboxEventsHeaders,
        response: {
          200: {
            description: 'Events `inbox` with an InboxChange as data and the position of the log as id.',
            content: { 'text/event-stream': { schema: z.unknown() } }, // OpenAPI 3.1 has no words for a stream of events
          },
          ...refusals(400, 401, 403, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { actor, expiresAt } = callerOf(request);
      const { position } = await readHead(pool);
      const from = request.headers['last-event-id'] ?? request.query.after ?? position;
      if (from > position)
        throw new DomainError('EID_ERR_SHAPE', {
          fields: [{ field: 'after', why: 'beyond the log: list the inbox anew' }],
        });
      const access = listing(api, request, 'FOLLOW', CaseType.options, [
        'TASK_HOLDER',
        'UNIT',
        'SUPERIOR',
        'C06',
      ]);
      await recorded(api, request, access, async () => undefined);
      const close = lines.open(actor.id);
      const signal = endingAt(expiresAt - api.now(), stopping, (end) => reply.raw.once('close', end));
      reply.raw.once('close', close);
      const watching = { pool, log, bell, heartbeatMs: streams.heartbeatMs };
      const frames = inboxStream(watching, onlookerOf(actor), from, signal);
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('x-accel-buffering', 'no') // proxies that gather answers would hold it back
        .send(Readable.from(frames, { highWaterMark: 1 }) as never); // the text that is promised, in parts
    },
  );
};
