import type { FastifyInstance, HTTPMethods } from 'fastify';
import { DomainError } from '../domain/error.ts';

const all: readonly HTTPMethods[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'QUERY',
];

/**
 * Remembers every route from here on. `close` gives each address an answer for the methods that it does not take: 405 with those
 * it does (RFC 9110, 15.5.6).
 */
export function refuseOtherMethods(app: FastifyInstance): { close(): void } {
  const taken = new Map<string, Set<string>>();
  let closed = false;
  app.addHook('onRoute', ({ url, method }) => {
    if (closed) return;
    const methods = taken.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    taken.set(url, methods);
  });
  return {
    close() {
      closed = true;
      for (const [url, methods] of taken) {
        if (methods.has('GET')) methods.add('HEAD');
        const others = all.filter((method) => !methods.has(method));
        if (url.includes('*') || others.length === 0) continue;
        const allow = [...methods].sort().join(', ');
        app.route({
          url,
          method: others,
          schema: { hide: true },
          exposeHeadRoute: false,
          // Before anybody is asked who they are, or anything of a body is read.
          onRequest: async (_request, reply) => {
            reply.header('allow', allow);
            throw new DomainError('EID_ERR_METHOD', { allow });
          },
          handler: async () => undefined,
        });
      }
    },
  };
}
