import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DomainError } from '../../domain/error.ts';
import { StreamId } from '../../schemas/codes.ts';
import { CommandStanding } from '../../schemas/http/command.ts';
import { CommandId } from '../../schemas/http/headers.ts';
import { keyedOutcome } from '../../store/commandKeys.ts';
import { accessing, recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import type { Api } from '../context.ts';
import { asDomainError } from '../problem.ts';
import { refusals } from '../responses.ts';

/** Where it can be asked what became of a command. */
export const addressOf = (commandId: string): string => `/v1/commands/${commandId}`;

/** An error of a command; one that leaves open what became of it tells where to find out. */
export function withStanding(error: unknown, stream: string, commandId: string): unknown {
  if (!(error instanceof Error)) return error;
  const { code, details } = asDomainError(error);
  if (code !== 'EID_ERR_UNAVAILABLE') return error;
  return Object.assign(
    new DomainError(code, { ...details, stream, commandId, standing: addressOf(commandId) }),
    {
      cause: error,
    },
  );
}

/**
 * What is known of a command that the caller sent.
 * @throws DomainError EID_ERR_COMMAND_KEY_UNKNOWN when they sent none under this id, whoever else did
 */
export async function standingOf(
  { pool }: Pick<Api, 'pool'>,
  actorId: string,
  key: string,
): Promise<CommandStanding> {
  const found = await keyedOutcome(pool, key, actorId);
  if (!found || !StreamId.safeParse(found.stream).success)
    throw new DomainError('EID_ERR_COMMAND_KEY_UNKNOWN', { key });
  const { version, ...bound } = found;
  return version === undefined
    ? { key, ...bound, outcome: 'NOT_RECORDED' }
    : { key, ...bound, outcome: 'RECORDED', version };
}

/** Whoever got no answer finds out later what became of a command. */
export const standingRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.get(
    '/commands/:key',
    {
      schema: {
        operationId: 'read-command',
        tags: ['commands'],
        summary:
          'Read what became of a command of the caller, by its Idempotency-Key or, for an item of a list, its id',
        params: z.object({ key: CommandId }),
        response: { 200: CommandStanding, ...refusals(400, 401, 403, 404, 429, 503) },
      },
    },
    (request) => {
      const { key } = request.params;
      const access = accessing(api, 'OUTCOME', { question: { key } });
      return recorded(api, request, access, async () => {
        const standing = await standingOf(api, callerOf(request).actor.id, key);
        access.what = { ...access.what, stream: standing.stream };
        return standing;
      });
    },
  );
};
