import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CaseType } from '../../schemas/case.ts';
import { CommandResult } from '../../schemas/http/command.ts';
import { CommandHeaders } from '../../schemas/http/headers.ts';
import { callerOf } from '../caller.ts';
import type { Api } from '../context.ts';
import { etag, versionOf } from '../etag.ts';
import { descriptionOf } from '../openapi/commands.ts';
import { sentenceOf } from '../openapi/sentences.ts';
import { refusals } from '../responses.ts';
import { collections, type ExposedCommand, exposedCommands, streamOf } from './exposed.ts';
import { given } from './given.ts';
import { addressOf, standingRoutes, withStanding } from './standing.ts';

/** The name of a case that a caller opens: the same for the same key, so that a repetition finds the same case. */
const newStream = (caseType: CaseType, actorId: string, key: string): string =>
  `${caseType}-${createHash('sha256').update(`${actorId}\n${key}`).digest('hex').slice(0, 20)}`;

/** One route for each command that people give. */
export const commandRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  await app.register(standingRoutes, { api });
  for (const command of exposedCommands(api.access.table)) {
    const { caseType, type, opens, path, body } = command;
    app.route({
      method: 'POST',
      url: `/${collections[caseType]}${path}`,
      schema: {
        operationId: operationId(command),
        tags: [collections[caseType]],
        summary: sentenceOf(type),
        description: descriptionOf(api.access.table, command),
        headers: CommandHeaders,
        ...(opens ? {} : { params: z.object({ stream: streamOf(caseType) }) }),
        body,
        response: {
          [opens ? 201 : 200]: CommandResult,
          ...refusals(400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503),
        },
      },
      handler: async (request, reply) => {
        const { actor } = callerOf(request);
        const { 'idempotency-key': key, 'if-match': ifMatch } = request.headers;
        const params: { readonly stream?: string } = Object(request.params);
        const stream = params.stream ?? newStream(caseType, actor.id, key);
        const ifVersion = versionOf(ifMatch);
        const result = await given(api, request, {
          caseType,
          stream,
          type,
          said: request.body,
          key,
          ...(ifVersion === undefined ? {} : { ifVersion }),
          correlationId: request.id,
        }).catch((error: unknown) => {
          const told = withStanding(error, stream, key);
          if (told !== error) reply.header('location', addressOf(key));
          throw told;
        });
        reply.header('etag', etag(result.version));
        if (opens) reply.code(201).header('location', `/v1/${collections[caseType]}/${stream}`);
        return result;
      },
    });
  }
};

const operationId = ({ caseType, type }: ExposedCommand): string =>
  `${caseType.replace(/-./g, (part) => part.slice(1).toUpperCase())}${type}`;
