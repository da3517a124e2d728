import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the range that systems give to outgoing connections: a client that keeps reconnecting to a dead port
// inside that range can end up connected to itself and hold the port.
const LOWEST = 15_000;
const HIGHEST = 32_000;

/** A port on 127.0.0.1 that is free now. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found between ${LOWEST} and ${HIGHEST}`);
}

/** Whether this process could listen on the port of 127.0.0.1 now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
