import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../domain/error.ts';
import type { Api } from './context.ts';

const MINUTE_MS = 60_000;
/** How many are counted at once. */
const ADDRESSES = 20_000;

/** Counts the calls of routes that ask nobody who they are, by their addresses. @throws DomainError EID_ERR_TOO_MANY */
export async function countPublicCalls(
  app: FastifyInstance,
  { limits }: Pick<Api, 'limits'>,
): Promise<(request: FastifyRequest, reply: FastifyReply) => Promise<void>> {
  await app.register(rateLimit, { global: false, cache: ADDRESSES });
  const calls = app.createRateLimit({ max: limits.callsPerMinute, timeWindow: MINUTE_MS });
  return async (request, reply) => {
    const counted = await calls(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    reply.header('retry-after', Math.max(1, counted.ttlInSeconds));
    throw new DomainError('EID_ERR_TOO_MANY', { perMinute: counted.max });
  };
}
