import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { readCampaign } from '../demo/campaign.ts';
import { SAMPLE, WORLD } from '../demo/sample.ts';
import { DomainError } from '../domain/error.ts';
import { freePort } from '../engines/ports.ts';
import { loginVariables } from '../engines/postgresLogins.ts';
import type { PostgresEngine } from '../engines/types.ts';
import { demoFiles, readDirectory } from '../identity/provider/people.ts';
import { createLogger } from '../log/logger.ts';
import { loadPolicy } from '../policies/load.ts';
import { Party } from '../schemas/registry.ts';
import { auditDir, startSystem } from '../workers/system.ts';
import { addressOf, addressText, mustBeFree, withPort } from './address.ts';
import { print } from './output.ts';
import { peopleTable } from './start/people.ts';
import { replaceEnded } from './start/replace.ts';

const sample = (file: string) => join(SAMPLE, file);
const dataOf: Partial<Record<Party, string>> = {
  BUSINESS: sample('registries/business.json'),
  COOPERATIVE: sample('registries/cooperative.json'),
  TAX: sample('registries/tax.json'),
  POPULATION: sample('registries/population.json'),
};

export type StartOptions = {
  readonly dataDir: string;
  readonly ui: boolean;
  /** `HOST:PORT` of the API. */
  readonly listen: string;
  readonly identityPort: string;
};

/** Where the address is with which auditors read PostgreSQL; it holds a password, so it is not printed. */
const auditorAddress = ({ urlFile }: PostgresEngine): string =>
  urlFile ? `export ORGEID_POSTGRES_AUDITOR_URL="$(cat ${urlFile('auditor')})"` : loginVariables.auditor;

/** Free addresses of API and identity provider. @throws DomainError EID_ERR_USAGE, EID_ERR_ADDRESS_TAKEN */
async function addresses({ listen, identityPort }: StartOptions) {
  const api = await withPort(addressOf(listen));
  const identity = await withPort(addressOf(`127.0.0.1:${identityPort}`));
  if (api.port === identity.port)
    throw new DomainError('EID_ERR_USAGE', { reason: 'API and identity provider need ports of their own' });
  for (const address of [api, identity]) await mustBeFree(address);
  return { api: addressText(api), identityPort: String(identity.port) };
}

/**
 * Starts engines, mock registries and channels, a worker, the embedded identity provider and the API, prints where they are and who can
 * sign in, and serves until SIGINT or SIGTERM. A process that ends is replaced.
 *
 * @throws DomainError EID_ERR_USAGE, EID_ERR_ADDRESS_TAKEN; EngineError EID_ERR_DATA_DIR_BUSY and others of the engines
 */
export async function start(options: StartOptions): Promise<void> {
  const { ui } = options;
  const log = createLogger('orgeid');
  const stop = new AbortController();
  const stopped = new Promise<void>((tell) => {
    stop.signal.addEventListener('abort', () => tell(), { once: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const at = await addresses(options);
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const policy = await loadPolicy();
  const { playedOn, receptionUnits } = readCampaign(sample('campaign.yaml'));
  const metrics = `127.0.0.1:${await freePort()}`;
  const system = await startSystem({
    dataDir,
    keepData: true,
    ui,
    policy,
    parties: Party.options.map((party) => {
      const dataFile = dataOf[party];
      return dataFile === undefined ? { party } : { party, dataFile, world: WORLD };
    }),
    log,
    workerEnv: { ORGEID_METRICS_ADDRESS: metrics },
    edge: {
      listen: at.api,
      apiEnv: {
        ORGEID_UNITS_ON: playedOn,
        ORGEID_DIRECTORY_FILE: sample('people.yaml'),
        ORGEID_KEYS_DIR: join(dataDir, 'keys'),
      },
      identityEnv: {
        ORGEID_DEV_IDENTITY_PORT: at.identityPort,
        ORGEID_DEV_KEYS: join(dataDir, 'identity'),
      },
    },
  });
  const { engines, edge } = system;
  if (!edge) throw new Error('the system was asked for its edge');
  const lasting = { log, signal: stop.signal };
  const [worker] = system.workers;
  const replacing = Promise.all([
    ...(worker ? [replaceEnded('the worker', worker, () => system.addWorker(), lasting)] : []),
    replaceEnded('the API', edge.api, () => edge.addApi(), lasting),
    replaceEnded('the identity provider', edge.identity, () => edge.addIdentity(), lasting),
  ]);
  const unitsEnd = receptionUnits.map(({ validTo }) => validTo).sort()[0] ?? playedOn;
  print(`Org eID runs under policy ${policy.version}.`);
  print(
    `The police units are those of ${playedOn}, the sample's day: they end on ${unitsEnd}. Time limits run from today.`,
  );
  print('');
  print(`  API         ${edge.api.url}/v1`);
  print(`  reference   ${edge.api.url}/docs`);
  print(`  issuer      ${edge.issuer}   (audience ${edge.audience}; no passwords, for this machine only)`);
  print(`  Temporal    ${engines.temporal.address}${ui ? `   ${engines.temporal.uiUrl ?? ''}` : ''}`);
  print(`  NATS        ${engines.nats.url}`);
  print(`  PostgreSQL  ${engines.postgres.address}   (the owner's password is in ${dataDir})`);
  print(`  auditor     ${auditorAddress(engines.postgres)}`);
  print(`  evidence    export ORGEID_AUDIT_DIR=${auditDir(dataDir)}`);
  print(`  metrics     http://${metrics}/metrics`);
  print('');
  print(peopleTable(readDirectory(demoFiles)));
  print('');
  print(
    'To sign in: open the reference, choose Authorize (client orgeid-dev), then a person. In a terminal:',
  );
  print(`  npx orgeid token officer-c06-1 --issuer ${edge.issuer}     # prints an access token`);
  print(`Services sign in with their id and the secret ${edge.serviceSecret} (client credentials).`);
  print('');
  print('Ctrl-C stops it; the data stay.');
  await stopped;
  print('stopping');
  await system.stop();
  await replacing;
}
