import { setMaxListeners } from 'node:events';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { Registry } from 'prom-client';
import { createCases } from '../client/cases.ts';
import { DomainError } from '../domain/error.ts';
import { trustedIssuers } from '../identity/settings.ts';
import { createTokenCheck } from '../identity/tokens.ts';
import { createLogger } from '../log/logger.ts';
import { loadAccessTable } from '../policies/access/load.ts';
import { loadPolicy } from '../policies/load.ts';
import { loadUnitCatalogue } from '../policies/units/load.ts';
import { endWithParent } from '../processes/parent.ts';
import { createProofDesk } from '../proof/desk.ts';
import { createAccessWriter } from '../store/access-history/writer.ts';
import { caseSources } from '../store/caseSources.ts';
import { missingMigrations } from '../store/level.ts';
import { openPool, type Queryable } from '../store/pool.ts';
import { warnOfOwner } from '../store/roles/warn.ts';
import { startTracing } from '../telemetry/start.ts';
import { clientInterceptors } from '../telemetry/temporal.ts';
import { openDirectory } from './colleagues/directory.ts';
import { forgetOldKeys } from './commands/forget.ts';
import { readApiEnvironment } from './environment.ts';
import { measureBacklog } from './metrics/backlog.ts';
import { measureProcess } from './metrics/process.ts';
import { measureReconciliation } from './metrics/reconciliation.ts';
import { measureRegistries } from './metrics/registries.ts';
import { serveMetrics } from './metrics/serve.ts';
import { createReadiness, patient } from './readiness.ts';
import { createServer } from './server.ts';
import { signInAt } from './signIn.ts';
import { finish } from './stop.ts';

/** Calendar day in the zone of the working calendar. */
const dayIn = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);

/** A server that is back is found within seconds: gRPC by itself waits up to two minutes before it tries again. */
const soonBack = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 2_000 };
const LINGER_MS = 3_000;

async function mustBeMigrated(pool: Queryable): Promise<void> {
  const missing = await missingMigrations(pool);
  if (missing.length > 0) throw new Error(`not run: ${missing.join(', ')}`);
}

/** One process of the API. Says `{"ready":true,"url":…}` on standard output once it listens; SIGTERM ends it gracefully. */
async function main(): Promise<void> {
  const log = createLogger('api');
  const env = readApiEnvironment(process.env);
  const { ORGEID_UNITS_FILE: unitsFile } = env;
  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // every stream of events ends with it
  endWithParent(stop);
  const tracing = await startTracing('orgeid-api');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  const [catalogue, table, shipped] = await Promise.all([
    loadUnitCatalogue(unitsFile === undefined ? undefined : pathToFileURL(unitsFile)),
    loadAccessTable(),
    loadPolicy(),
  ]);
  const pool = openPool(env.ORGEID_POSTGRES_URL, { max: 20 });
  const sources = await caseSources(pool, env.ORGEID_POLICY_VERSION || shipped.version);
  await warnOfOwner(pool, log);
  const { currentPolicy } = sources;
  const { zone } = currentPolicy.calendar;
  const units = () => ({ catalogue, on: env.ORGEID_UNITS_ON ?? dayIn(zone, Date.now()) });
  const offices = () => ({ ...units(), c06Unit: currentPolicy.c06Unit });
  const connection = Connection.lazy({ address: env.ORGEID_TEMPORAL_ADDRESS, channelArgs: soonBack });
  const history = createAccessWriter({
    pool,
    log,
    name: env.ORGEID_ACCESS_WRITER,
    withinMs: env.ORGEID_COMMAND_DEADLINE_MS,
  });
  const issuers = trustedIssuers(process.env);
  const tokens = createTokenCheck({ issuers, units: offices, log });
  const ready = createReadiness(
    { stopping: stop.signal, now: Date.now, log },
    {
      postgresql: () => pool.query('select 1'),
      migrations: () => mustBeMigrated(pool),
      temporal: () =>
        connection.withDeadline(Date.now() + 1_500, () => connection.workflowService.getSystemInfo({})),
      identity: patient(() => tokens.warm(), 500),
    },
  );
  const api = {
    pool,
    cases: createCases({
      temporal: new Client({
        connection,
        interceptors: { workflow: await clientInterceptors(tracing !== undefined) },
      }),
      taskQueue: env.ORGEID_TASK_QUEUE,
      sources,
      deadlineMs: env.ORGEID_COMMAND_DEADLINE_MS,
    }),
    tokens,
    access: { table, c06Unit: currentPolicy.c06Unit },
    policy: currentPolicy,
    policyOf: sources.policy,
    units,
    colleagues: await openDirectory(env.ORGEID_DIRECTORY_FILE, { pool, units, now: Date.now, log }),
    proofs: env.ORGEID_KEYS_DIR ? await createProofDesk({ keysDir: env.ORGEID_KEYS_DIR }) : undefined,
    auditDir: env.ORGEID_AUDIT_DIR || undefined,
    history,
    now: Date.now,
    log,
    stopping: stop.signal,
    ready,
    deadlineMs: env.ORGEID_COMMAND_DEADLINE_MS,
    metrics: new Registry(),
    traced: tracing !== undefined,
    limits: {
      callsPerMinute: env.ORGEID_RATE_PER_MINUTE,
      refusedTokensPerMinute: env.ORGEID_REFUSED_TOKENS_PER_MINUTE,
      requestMs: env.ORGEID_REQUEST_TIMEOUT_MS,
      connections: env.ORGEID_MAX_CONNECTIONS,
      trustedProxies: env.ORGEID_TRUSTED_PROXIES,
    },
    bodyLimit: env.ORGEID_BODY_LIMIT,
    streams: {
      perCaller: env.ORGEID_STREAMS_PER_CALLER,
      heartbeatMs: env.ORGEID_STREAM_HEARTBEAT_MS,
      paceMs: env.ORGEID_STREAM_PACE_MS,
    },
  };
  const app = await createServer(api, await signInAt(issuers[0]?.issuer, env.ORGEID_DOCS_CLIENT, log));
  measureProcess(api.metrics, api, app.underWay);
  measureBacklog(api.metrics, api);
  measureReconciliation(api.metrics, api);
  measureRegistries(api.metrics, api);
  const metricsAddress = env.ORGEID_API_METRICS_ADDRESS;
  const metrics = metricsAddress === undefined ? undefined : await serveMetrics(api.metrics, metricsAddress);
  const [, host = '', port = '0'] = /^(.+):(\d+)$/.exec(env.ORGEID_LISTEN) ?? [];
  const url = await app.listen({ host, port: Number(port) });
  process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid, url })}\n`);
  log.info({ url, policy: currentPolicy.version }, 'serving');
  forgetOldKeys(api, env.ORGEID_COMMAND_KEYS_KEPT_DAYS);

  if (!stop.signal.aborted)
    await new Promise<void>((resolve) =>
      stop.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
  log.info({ underWay: app.underWay.count }, 'stopping');
  await finish(app, { drainMs: env.ORGEID_DRAIN_MS, withinMs: env.ORGEID_STOP_WITHIN_MS });
  setTimeout(() => process.exit(), LINGER_MS).unref(); // a statement of a request that was cut off may hang
  metrics?.close();
  await history.close();
  await connection.close();
  await pool.end();
  await tracing?.stop();
  process.stdin.destroy();
}

main().catch((error: unknown) => {
  const log = createLogger('api');
  if (error instanceof DomainError) log.fatal(error.details, `${error.code}: the API does not run`);
  else log.fatal({ err: error }, 'the API does not run');
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 500).unref();
});
