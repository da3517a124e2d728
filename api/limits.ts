import type { Socket } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { DomainError } from '../domain/error.ts';
import { TokenRefused } from '../identity/refusal.ts';
import type { ErrorCode } from '../schemas/errors.ts';
import { authenticate, callerOf } from './caller.ts';
import type { Api, Limits } from './context.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';

const MINUTE_MS = 60_000;
/** How many callers, or addresses, are counted at once; whoever is counted least lately is forgotten. */
const COUNTED = 20_000;

/** Settings of a server that hold its clients to time and size. */
export const serverLimits = ({ requestMs, trustedProxies }: Limits) => ({
  requestTimeout: requestMs,
  http: { headersTimeout: Math.min(10_000, requestMs), connectionsCheckingInterval: 500 },
  ...(trustedProxies.length === 0 ? {} : { trustProxy: [...trustedProxies] }),
  clientErrorHandler: refuseUnread,
});

/**
 * Lets in who says who they are, a number of times in a minute. Tokens that are not accepted are counted by address; a good one is taken from
 * any address, since all desks of a unit share one.
 */
export async function admission(
  app: FastifyInstance,
  api: Pick<Api, 'tokens' | 'limits'>,
): Promise<onRequestAsyncHookHandler> {
  const { callsPerMinute, refusedTokensPerMinute } = api.limits;
  await app.register(rateLimit, { global: false });
  const common = { timeWindow: MINUTE_MS, cache: COUNTED };
  const refused = app.createRateLimit({ ...common, max: refusedTokensPerMinute });
  const calls = app.createRateLimit({
    ...common,
    max: callsPerMinute,
    keyGenerator: (request: FastifyRequest) => callerOf(request).actor.id,
  });
  const identify = authenticate(api);
  const count = async (limiter: typeof calls, request: FastifyRequest, reply: FastifyReply) => {
    const counted = await limiter(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    reply.header('retry-after', Math.max(1, counted.ttlInSeconds));
    throw new DomainError('EID_ERR_TOO_MANY', { perMinute: counted.max });
  };
  return async function admit(request, reply) {
    try {
      await identify.call(this, request, reply);
    } catch (error) {
      if (error instanceof TokenRefused && error.code === 'EID_ERR_UNAUTHENTICATED')
        await count(refused, request, reply);
      throw error;
    }
    await count(calls, request, reply);
  };
}

const unread: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'EID_ERR_TOO_SLOW',
  HPE_HEADER_OVERFLOW: 'EID_ERR_HEADERS_TOO_LARGE',
};

/** Answers what could not be read as a request at all, and closes. */
export function refuseUnread(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const code = unread[error.code ?? ''] ?? 'EID_ERR_SHAPE';
  const problem = problemOf(code, {}, { language: 'vi', correlationId: 'none' });
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${code}`,
    `content-type: ${PROBLEM_TYPE}`,
    'content-language: vi',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
