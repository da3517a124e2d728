import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Caller } from '../identity/caller.ts';
import { TokenRefused } from '../identity/refusal.ts';
import type { Api } from './context.ts';

/** Who sends a request, on routes that ask. @throws TokenRefused where nobody was asked for */
export function callerOf({ caller }: Pick<FastifyRequest, 'caller'>): Caller {
  if (!caller) throw new TokenRefused('MISSING');
  return caller;
}

/** Asks who it is before anything of the request is read. */
export const authenticate =
  ({ tokens }: Pick<Api, 'tokens'>): onRequestAsyncHookHandler =>
  async (request) => {
    request.caller = await tokens.check(request.headers.authorization);
  };
