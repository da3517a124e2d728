import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../engines/ports.ts';
import { createLogger } from '../../log/logger.ts';
import { spawnWorker, type WorkerProcess } from '../../workers/spawn.ts';

const entry = fileURLToPath(new URL('../../identity/provider/main.ts', import.meta.url));

export const audience = 'urn:orgeid:api';

export type TestProvider = WorkerProcess & { readonly issuer: string; readonly serviceSecret: string };

/** The embedded provider as a process of its own. */
export async function startTestProvider(env: Readonly<Record<string, string>> = {}): Promise<TestProvider> {
  const port = env.ORGEID_DEV_IDENTITY_PORT ?? String(await freePort());
  const serviceSecret = randomBytes(24).toString('base64url');
  const process = await spawnWorker(
    {
      ORGEID_DEV_IDENTITY: 'on',
      ORGEID_DEV_IDENTITY_PORT: port,
      ORGEID_OIDC_AUDIENCE: audience,
      ORGEID_DEV_SERVICE_SECRET: serviceSecret,
      NODE_ENV: 'test',
      ...env,
    },
    createLogger('test', { level: 'silent' }),
    entry,
  );
  return Object.assign(process, { issuer: `http://127.0.0.1:${port}`, serviceSecret });
}
