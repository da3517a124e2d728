import { createServer, type Server } from 'node:http';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Meter } from './meter.ts';

/** Whether the adapter can be asked now. */
export type Standing = {
  /** The subscription stands. */
  stands(): void;
  isListening(): boolean;
  /** Ends the watch over the connection. */
  forget(): void;
};

/** Follows a connection: what was subscribed is not heard while it is lost. */
export function standing(nc: NatsConnection, meter: Pick<Meter, 'listening'>): Standing {
  let listening = false;
  const say = (now: boolean) => {
    listening = now;
    meter.listening(now);
  };
  say(false);
  const statuses = nc.status() as AsyncIterable<{ type: string }> & { stop?(): void };
  void (async () => {
    for await (const { type } of statuses) if (type === 'disconnect' || type === 'close') say(false);
  })();
  return {
    stands: () => say(true),
    isListening: () => listening && !nc.isClosed(),
    forget: () => {
      say(false);
      statuses.stop?.();
    },
  };
}

export type HealthOptions = {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly party: string;
  readonly meter: Pick<Meter, 'register'>;
  /** Whether the adapter can be asked now. */
  isListening(): boolean;
};

/**
 * Serves `/health` (the process lives: 200), `/ready` (it listens to its questions: 200, else 503) and `/metrics` (Prometheus).
 * @throws what listening on the port fails with
 */
export async function serveHealth({ host, port, party, meter, isListening }: HealthOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const path = request.url?.split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') json(405, { party });
    else if (path === '/health') json(200, { party, healthy: true });
    else if (path === '/ready') json(isListening() ? 200 : 503, { party, ready: isListening() });
    else if (path === '/metrics') {
      meter.register.metrics().then(
        (text) => response.writeHead(200, { 'content-type': meter.register.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    } else json(404, { party });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
