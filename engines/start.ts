import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DataDir, takeDataDir } from './dataDir.ts';
import { useExternal } from './external.ts';
import { type Managed, startManaged } from './managed.ts';
import { checkNats, natsCommand, natsFolder, systemUrl, withoutLogin } from './nats.ts';
import { writeUsers } from './natsUsers.ts';
import { freePort } from './ports.ts';
import { checkCluster, checkPostgres, prepareCluster } from './postgres.ts';
import { givenLoginUrls, keepLoginUrls, urlFile } from './postgresLogins.ts';
import { machineProbes, type Probes } from './probes.ts';
import { resolveEngine } from './resolve.ts';
import { checkTemporal, prepareTemporal, temporalCommand } from './temporal.ts';
import type {
  Engine,
  EngineName,
  Engines,
  NatsEngine,
  PostgresEngine,
  StartOptions,
  TemporalEngine,
} from './types.ts';
import { engineNames } from './versions.ts';

export { EngineError, type EngineErrorCode } from './error.ts';
export type {
  Engine,
  EngineName,
  Engines,
  NatsEngine,
  PostgresEngine,
  StartOptions,
  TemporalEngine,
} from './types.ts';
export { engineNames } from './versions.ts';

type Context = {
  readonly options: StartOptions<EngineName>;
  readonly dir: DataDir;
  readonly probes: Probes;
  readonly own: Managed[];
};

/**
 * Finds (building when needed) and starts the engines on free loopback ports and waits until each answers.
 * They end with `stop`, and also when this process ends in any way, kill -9 included.
 *
 * @example
 * const engines = await startEngines({ dataDir: '.orgeid/demo', only: ['postgres', 'nats'] });
 * await new pg.Client(engines.postgres.url).connect();
 * await engines.stop();
 *
 * @throws EngineError `EID_ERR_ENGINE_MISSING`, `EID_ERR_ENGINE_BUILD`, `EID_ERR_ENGINE_START`,
 * `EID_ERR_DATA_DIR_BUSY`, `EID_ERR_DATA_DIR_KEPT`; nothing is left running then
 */
export async function startEngines<Name extends EngineName = EngineName>(
  options: StartOptions<Name>,
): Promise<Engines<Name>> {
  const names: readonly EngineName[] = options.only ?? engineNames;
  const dir = await takeDataDir(resolve(options.dataDir), options.keepData ?? false);
  const own: Managed[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= Promise.allSettled(own.map((engine) => engine.stop())).then(() => dir.release());
    return stopping;
  };
  const context: Context = { options, dir, own, probes: machineProbes(progress(options)) };
  const outcomes = await Promise.allSettled(names.map((name) => starters[name](context)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  return { ...byName(started), stop } as Engines<Name>;
}

const starters: { readonly [N in EngineName]: (context: Context) => Promise<Engine> } = {
  postgres: startPostgres,
  nats: startNats,
  temporal: startTemporal,
};

async function startPostgres({ options, dir, probes, own }: Context): Promise<PostgresEngine> {
  const found = await resolveEngine('postgres', probes);
  if (found.kind === 'address') {
    const url = found.address;
    const engine = await useExternal('postgres', new URL(url).host, () => checkPostgres(url));
    return { ...engine, url, urls: givenLoginUrls(probes.env, url) };
  }
  const cluster = await prepareCluster(found.path, dir.path);
  const engine = await startManaged(
    {
      ...place(dir, 'postgres'),
      fixedPort: options.ports?.postgres,
      readyMs: 60_000,
      command: cluster.command,
      check: (port) => checkCluster(cluster.url(port)),
    },
    options.log,
  );
  own.push(engine);
  const url = cluster.url(engine.port);
  return Object.assign(engine, {
    url,
    urls: keepLoginUrls(dir.path, url),
    urlFile: (login: 'writer' | 'reader' | 'auditor') => urlFile(dir.path, login),
  });
}

async function startNats({ options, dir, probes, own }: Context): Promise<NatsEngine> {
  const found = await resolveEngine('nats', probes);
  if (found.kind === 'address') {
    const url = found.address;
    const bareUrl = withoutLogin(url);
    const address = bareUrl.replace(/^\w+:\/\//, '');
    return { ...(await useExternal('nats', address, () => checkNats(url))), url, bareUrl };
  }
  const url = (port: number) => systemUrl(dir.path, port);
  const engine = await startManaged(
    {
      ...place(dir, 'nats'),
      fixedPort: options.ports?.nats,
      readyMs: 60_000,
      command: (port) => natsCommand(found.path, dir.path, port),
      check: (port) => checkNats(url(port)),
    },
    options.log,
  );
  own.push(engine);
  return Object.assign(engine, {
    url: url(engine.port),
    bareUrl: `nats://127.0.0.1:${engine.port}`,
    keysDir: join(natsFolder(dir.path), 'keys'),
    admit: async (users: string) => void (await writeUsers(dir.path, users)),
  });
}

async function startTemporal({ options, dir, probes, own }: Context): Promise<TemporalEngine> {
  const found = await resolveEngine('temporal', probes);
  if (found.kind === 'address') {
    return useExternal('temporal', found.address, () => checkTemporal(found.address));
  }
  const { dbFile, markReady } = prepareTemporal(dir.path);
  const uiPort = options.ui ? await freePort() : undefined;
  const engine = await startManaged(
    {
      ...place(dir, 'temporal'),
      fixedPort: options.ports?.temporal,
      readyMs: 90_000,
      command: (port) => temporalCommand(found.path, dbFile, { port, uiPort }),
      check: (port) => checkTemporal(`127.0.0.1:${port}`),
    },
    options.log,
  );
  own.push(engine);
  markReady();
  return uiPort === undefined ? engine : withProperty(engine, 'uiUrl', `http://127.0.0.1:${uiPort}`);
}

function place(dir: DataDir, name: EngineName) {
  mkdirSync(join(dir.path, 'logs'), { recursive: true });
  return { name, logFile: dir.logFile(name), pidFile: join(dir.path, `${name}.pid`) };
}

/** Adds a property in place: a spread would freeze the getter `pid`. */
function withProperty<T extends object, K extends string>(
  to: T,
  key: K,
  value: string,
): T & Record<K, string> {
  return Object.assign(to, { [key]: value }) as T & Record<K, string>;
}

function byName(engines: readonly Engine[]): Record<string, Engine> {
  return Object.fromEntries(engines.map((engine) => [engine.name, engine]));
}

function progress(options: StartOptions<EngineName>): (line: string) => void {
  const { log } = options;
  return log ? (line) => log.info(line) : (line) => process.stderr.write(`${line}\n`);
}
