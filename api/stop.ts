import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '../domain/error.ts';
import type { Api } from './context.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly underWay: UnderWay;
  }
  interface FastifyContextConfig {
    /** Answered while the process stops as well: it asks about the process itself. */
    readonly probe?: boolean;
  }
}

export type UnderWay = {
  readonly count: number;
  /** Waits until every answer is out, or so many ms; returns how many are not. */
  finish(withinMs: number): Promise<number>;
};

/**
 * Knows the requests under way. Once the process stops, what was taken goes on to its end, its connection is closed after the answer,
 * and whoever asks anew is told to ask another process.
 */
export function requestsUnderWay(app: FastifyInstance, { stopping }: Pick<Api, 'stopping'>): UnderWay {
  const open = new Set<ServerResponse>();
  let finished = (): void => {};
  app.addHook('onRequest', async (request, { raw }) => {
    const probe = request.routeOptions.config.probe === true;
    if (stopping.aborted && !probe) throw new DomainError('EID_ERR_UNAVAILABLE', { why: 'stopping' });
    if (probe) return;
    open.add(raw);
    raw.once('close', () => {
      open.delete(raw);
      if (open.size === 0) finished();
    });
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping.aborted) reply.header('connection', 'close');
  });
  return {
    get count() {
      return open.size;
    },
    async finish(withinMs) {
      if (open.size === 0) return 0;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        finished = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      return open.size;
    },
  };
}

/**
 * Ends a server that was told to stop: for so long it still listens and says that it stops, what it took is answered, and what is not in time
 * is cut off. Every sender of a command may send it again elsewhere.
 */
export async function finish(
  app: FastifyInstance,
  { drainMs, withinMs }: { readonly drainMs: number; readonly withinMs: number },
): Promise<void> {
  await pause(drainMs);
  const cut = await app.underWay.finish(withinMs);
  if (cut > 0) app.log.warn({ cut, withinMs }, 'requests were cut off by the stop');
  const closed = app.close();
  app.server.closeAllConnections();
  await closed;
}
