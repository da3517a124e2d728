import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import { configurationOf, newCookieKey } from './configuration.ts';
import type { ProviderSettings } from './environment.ts';
import { interact, isInteraction } from './interaction.ts';
import { openKeys, rotateKeys } from './keys.ts';
import { memoryStore } from './memory.ts';
import type { Directory } from './people.ts';

export type RunningProvider = {
  readonly issuer: string;
  /** Signs with a new key from now on; answers with its id. */
  rotate(): Promise<string>;
  stop(): Promise<void>;
};

/** Starts the provider on 127.0.0.1, and nowhere else. */
export async function startProvider(
  settings: ProviderSettings,
  directory: Directory,
  log: Logger,
): Promise<RunningProvider> {
  // Longer than clients keep idle connections: on a busy machine the shorter default closes them under a request.
  const server = createServer({ keepAliveTimeout: 75_000 });
  server.listen({ host: '127.0.0.1', port: settings.port, exclusive: true });
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store = memoryStore();
  const cookieKey = newCookieKey();
  let keys = await openKeys(settings.keysFolder);

  const build = () => {
    const provider = new Provider(issuer, configurationOf({ settings, directory, keys, store, cookieKey }));
    provider.on('server_error', (_ctx, err) => log.error({ err }, 'the provider failed'));
    return { provider, handle: provider.callback() };
  };
  let current = build();

  const handle = async (req: IncomingMessage, res: ServerResponse) => {
    const { provider, handle: others } = current;
    if (isInteraction(req)) await interact(provider, directory, req, res);
    else await others(req, res);
  };
  server.on('request', (req, res) => {
    handle(req, res).catch((err: unknown) => {
      log.error({ err }, 'a request failed');
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  });

  return {
    issuer,
    async rotate() {
      keys = await rotateKeys(settings.keysFolder, keys);
      current = build();
      const kid = keys[0]?.kid ?? '';
      log.info({ kid }, 'a new key signs');
      return kid;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
