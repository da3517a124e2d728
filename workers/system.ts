import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { Client, Connection } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { connectBus } from '../bus/connect.ts';
import { ensureStreams } from '../bus/streams.ts';
import { type Cases, createCases } from '../client/cases.ts';
import { type Engines, startEngines } from '../engines/start.ts';
import { loadAccessTable } from '../policies/access/load.ts';
import { type SpawnedParty, spawnParty, spawnRelyingService } from '../registries/spawn.ts';
import type { CasePolicy, Policy } from '../schemas/policy.ts';
import type { Party } from '../schemas/registry.ts';
import { putAccessTable } from '../store/accessTables.ts';
import { caseSources } from '../store/caseSources.ts';
import { migrate } from '../store/migrate.ts';
import { putPolicy } from '../store/policy.ts';
import { openPool } from '../store/pool.ts';
import { ensureLogins, separateLogins } from '../store/roles/logins.ts';
import { admitPlayed, type WayIn } from './admit.ts';
import { workflowBundle } from './bundle.ts';
import { type Edge, type EdgeOptions, startEdge } from './edge.ts';
import { spawnWorker, type WorkerProcess } from './spawn.ts';

export type SystemOptions = {
  readonly dataDir: string;
  readonly policy: Policy;
  readonly parties: readonly { readonly party: Party; readonly dataFile?: string; readonly world?: string }[];
  readonly log: Logger;
  /** Relying services to play, each a process of its own; none by default. */
  readonly services?: readonly string[];
  /** Worker processes; one by default. */
  readonly workers?: number;
  readonly workerEnv?: Readonly<Record<string, string>>;
  /** With identity provider and API; without them by default. */
  readonly edge?: Omit<EdgeOptions, 'env' | 'log'>;
  readonly keepData?: boolean;
  readonly ui?: boolean;
};

/** Everything on one machine: engines, parties and workers as processes of their own, and a client to talk to them. */
export type System = {
  readonly cases: Cases;
  /** As the owner; workers and API connect as the writer. */
  readonly pool: Pool;
  readonly nc: NatsConnection;
  readonly temporal: Client;
  readonly policy: CasePolicy;
  readonly engines: Engines;
  readonly workers: readonly WorkerProcess[];
  /** Identity provider and API, where they were asked for. */
  readonly edge: Edge | undefined;
  /** Starts one more worker, for instance after one was killed. */
  addWorker(env?: Readonly<Record<string, string>>): Promise<WorkerProcess>;
  stop(): Promise<void>;
};

const TASK_QUEUE = 'orgeid';

/** Where a system on one machine keeps the log's keys and checkpoints. */
export const auditDir = (dataDir: string): string => join(dataDir, 'audit');

/** Starts the whole system; whatever was started is stopped again when something fails. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const undo: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      for (const step of undo.reverse())
        await step().catch((error) => options.log.warn({ err: error }, 'stopping'));
    })();
    return stopping;
  };
  try {
    return await assemble(options, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  options: SystemOptions,
  undo: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<System> {
  const { dataDir, log, policy } = options;
  const flags = { keepData: options.keepData ?? false, ui: options.ui ?? false };
  const [engines] = await Promise.all([startEngines({ dataDir, log, ...flags }), workflowBundle(log)]);
  undo.push(() => engines.stop());
  const { urls } = engines.postgres;
  await migrate(urls.migrator);
  await ensureLogins(urls.migrator, separateLogins(urls));
  const pool = openPool(urls.migrator);
  undo.push(() => pool.end());
  await putPolicy(pool, policy);
  await putAccessTable(pool, loadAccessTable());
  const nc = await connectBus({ servers: engines.nats.url, name: 'orgeid-system' });
  undo.push(() => nc.close());
  await ensureStreams(nc);

  const played = [...options.parties.map(({ party }) => party), ...(options.services ?? [])];
  const wayIn = await admitPlayed(engines.nats, pool, played);
  const letIn = <T>(party: string, play: (way: WayIn) => Promise<T>): Promise<T>[] => {
    const way = wayIn(party);
    if (!way) log.warn({ party }, 'not played: its key was revoked');
    return way ? [play(way)] : [];
  };
  const parties: SpawnedParty[] = await Promise.all(
    options.parties.flatMap((one) => letIn(one.party, (way) => spawnParty({ ...one, ...way, log }))),
  );
  undo.push(() => Promise.all(parties.map((party) => party.stop())));

  const workers: WorkerProcess[] = [];
  undo.push(() => Promise.all(workers.filter((w) => w.running).map((w) => w.stop())));
  const env = {
    ORGEID_POSTGRES_URL: urls.writer,
    ORGEID_NATS_URL: engines.nats.url,
    ORGEID_TEMPORAL_ADDRESS: engines.temporal.address,
    ORGEID_TASK_QUEUE: TASK_QUEUE,
    ORGEID_POLICY_VERSION: policy.version,
    ORGEID_AUDIT_DIR: auditDir(dataDir),
    ...options.workerEnv,
  };
  const addWorker = async (more: Readonly<Record<string, string>> = {}) => {
    const worker = await spawnWorker({ ...env, ...more }, log);
    workers.push(worker);
    return worker;
  };
  for (let i = 0; i < (options.workers ?? 1); i += 1) await addWorker();
  const services = await Promise.all(
    (options.services ?? []).flatMap((service) =>
      letIn(service, (way) => spawnRelyingService(service, { ...way, log })),
    ),
  );
  undo.push(() => Promise.all(services.map((service) => service.stop())));

  const edge = options.edge && (await startEdge({ env, log, ...options.edge }));
  if (edge) undo.push(() => edge.stop());

  const connection = await Connection.connect({ address: engines.temporal.address });
  undo.push(() => connection.close());
  const temporal = new Client({ connection });
  const sources = await caseSources(pool, policy.version);
  const cases = createCases({ temporal, taskQueue: TASK_QUEUE, sources });
  return {
    cases,
    pool,
    nc,
    temporal,
    policy: sources.currentPolicy,
    engines,
    workers,
    edge,
    addWorker,
    stop,
  };
}
