import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';

/** Serves the metrics at an address of their own, which operators reach and callers do not: `host:port`. */
export async function serveMetrics(register: Registry, address: string): Promise<Server> {
  const [, host = '', port = '0'] = /^(.+):(\d+)$/.exec(address) ?? [];
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    register.metrics().then(
      (text) => response.writeHead(200, { 'content-type': register.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port), host, resolve);
  });
  return server;
}
