import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { freePort } from '../engines/ports.ts';
import { tokenWallet, type Wallet } from '../identity/sign-in/wallet.ts';
import { spawnWorker, type WorkerProcess } from './spawn.ts';

const entryOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const AUDIENCE = 'urn:orgeid:api';

export type EdgeOptions = {
  /** Addresses of the engines, the policy and the queue, as workers get them. */
  readonly env: Readonly<Record<string, string>>;
  readonly log: Logger;
  /** More for the API's environment, for instance the day whose units count. */
  readonly apiEnv?: Readonly<Record<string, string>>;
  /** More for the identity provider's. */
  readonly identityEnv?: Readonly<Record<string, string>>;
  /** `host:port` of the API; a free port on 127.0.0.1 by default. */
  readonly listen?: string;
};

export type ApiProcess = WorkerProcess & { readonly url: string };

/** The outer edge of one machine: the embedded identity provider, the API, and tokens for those who act. */
export type Edge = {
  readonly issuer: string;
  readonly audience: string;
  readonly wallet: Wallet;
  /** What services of the embedded provider sign in with. */
  readonly serviceSecret: string;
  /** The first process of the identity provider. */
  readonly identity: WorkerProcess;
  /** The first process of the API. */
  readonly api: ApiProcess;
  /** Starts another process of the API, for instance after one was killed; at the same address when that is asked for. */
  addApi(env?: Readonly<Record<string, string>>): Promise<ApiProcess>;
  /** Starts another process of the identity provider at the same address, after one ended. */
  addIdentity(): Promise<WorkerProcess>;
  stop(): Promise<void>;
};

/** Starts identity provider and API as processes of their own. */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { env, log, apiEnv = {}, identityEnv = {} } = options;
  const started: WorkerProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.filter((one) => one.running).map((one) => one.stop()));
  };
  const spawn = async (entry: string, own: Readonly<Record<string, string>>) => {
    const one = await spawnWorker(own, log, entryOf(entry));
    started.push(one);
    return one;
  };
  const port = identityEnv.ORGEID_DEV_IDENTITY_PORT ?? String(await freePort());
  const serviceSecret = identityEnv.ORGEID_DEV_SERVICE_SECRET ?? randomBytes(24).toString('base64url');
  const issuer = `http://127.0.0.1:${port}`;
  const addApi = async (more: Readonly<Record<string, string>> = {}): Promise<ApiProcess> => {
    const listen = more.ORGEID_LISTEN ?? options.listen ?? `127.0.0.1:${await freePort()}`;
    const api = await spawn('api/main.ts', {
      ...env,
      ORGEID_OIDC_ISSUER: issuer,
      ORGEID_OIDC_AUDIENCE: AUDIENCE,
      ORGEID_STOP_WITHIN_MS: '8000', // sooner than a process that does not stop is killed
      ...apiEnv,
      ...more,
      ORGEID_LISTEN: listen,
    });
    return Object.assign(api, { url: `http://${listen}` });
  };
  const addIdentity = () =>
    spawn('identity/provider/main.ts', {
      ORGEID_DEV_IDENTITY: 'on',
      ORGEID_DEV_IDENTITY_PORT: port,
      ORGEID_OIDC_AUDIENCE: AUDIENCE,
      ORGEID_DEV_SERVICE_SECRET: serviceSecret,
      ...identityEnv,
    });
  try {
    const [identity, api] = await Promise.all([addIdentity(), addApi()]);
    const wallet = tokenWallet({ issuer, audience: AUDIENCE, serviceSecret });
    return { issuer, audience: AUDIENCE, wallet, serviceSecret, identity, api, addApi, addIdentity, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
