import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { createCases } from '../client/cases.ts';
import { DomainError } from '../domain/error.ts';
import { trustedIssuers } from '../identity/settings.ts';
import { createTokenCheck } from '../identity/tokens.ts';
import { createLogger } from '../log/logger.ts';
import { loadAccessTable } from '../policies/access/load.ts';
import { loadPolicy } from '../policies/load.ts';
import { loadUnitCatalogue } from '../policies/units/load.ts';
import { endWithParent } from '../processes/parent.ts';
import { caseSources } from '../store/caseSources.ts';
import { openPool } from '../store/pool.ts';
import { readDirectory } from './directory.ts';
import { readApiEnvironment } from './environment.ts';
import { createServer } from './server.ts';

/** Calendar day in the zone of the working calendar. */
const dayIn = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);

/** One process of the API. Says `{"ready":true,"url":…}` on standard output once it listens; SIGTERM ends it gracefully. */
async function main(): Promise<void> {
  const log = createLogger('api');
  const env = readApiEnvironment(process.env);
  const { ORGEID_UNITS_FILE: unitsFile } = env;
  const stop = new AbortController();
  endWithParent(stop);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  const [catalogue, table, shipped] = await Promise.all([
    loadUnitCatalogue(unitsFile === undefined ? undefined : pathToFileURL(unitsFile)),
    loadAccessTable(),
    loadPolicy(),
  ]);
  const pool = openPool(env.ORGEID_POSTGRES_URL, { max: 20 });
  const sources = await caseSources(pool, env.ORGEID_POLICY_VERSION || shipped.version);
  const { currentPolicy } = sources;
  const { zone } = currentPolicy.calendar;
  const units = () => ({ catalogue, on: env.ORGEID_UNITS_ON ?? dayIn(zone, Date.now()) });
  const connection = Connection.lazy({ address: env.ORGEID_TEMPORAL_ADDRESS });
  const api = {
    pool,
    cases: createCases({
      temporal: new Client({ connection }),
      taskQueue: env.ORGEID_TASK_QUEUE,
      sources,
      deadlineMs: env.ORGEID_COMMAND_DEADLINE_MS,
    }),
    tokens: createTokenCheck({ issuers: trustedIssuers(process.env), units, log }),
    access: { table, c06Unit: currentPolicy.c06Unit },
    policy: currentPolicy,
    policyOf: sources.policy,
    units,
    colleagues: readDirectory(env.ORGEID_DIRECTORY_FILE, { units }),
    now: Date.now,
    log,
    stopping: stop.signal,
    bodyLimit: env.ORGEID_BODY_LIMIT,
  };
  const app = await createServer(api);
  const [, host = '', port = '0'] = /^(.+):(\d+)$/.exec(env.ORGEID_LISTEN) ?? [];
  const url = await app.listen({ host, port: Number(port) });
  process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid, url })}\n`);
  log.info({ url, policy: currentPolicy.version }, 'serving');

  if (!stop.signal.aborted)
    await new Promise<void>((resolve) =>
      stop.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
  await app.close();
  await connection.close();
  await pool.end();
  process.stdin.destroy();
}

main().catch((error: unknown) => {
  const log = createLogger('api');
  if (error instanceof DomainError) log.fatal(error.details, `${error.code}: the API does not run`);
  else log.fatal({ err: error }, 'the API does not run');
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 500).unref();
});
