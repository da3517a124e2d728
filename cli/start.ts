import { resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../engines/ports.ts';
import { createLogger } from '../log/logger.ts';
import { loadPolicy } from '../policies/load.ts';
import { Party } from '../schemas/registry.ts';
import { startSystem } from '../workers/system.ts';
import { print } from './output.ts';

const sample = (file: string) =>
  resolve(fileURLToPath(new URL('.', import.meta.url)), '../samples/hung-yen', file);
const dataOf: Partial<Record<Party, string>> = {
  BUSINESS: sample('registries/business.json'),
  TAX: sample('registries/tax.json'),
  POPULATION: sample('registries/population.json'),
};

/**
 * Starts engines, mock registries and channels, and one worker, prints where they are and serves until SIGINT or
 * SIGTERM. A worker that ends is replaced.
 */
export async function start({
  dataDir,
  ui,
}: {
  readonly dataDir: string;
  readonly ui: boolean;
}): Promise<void> {
  const log = createLogger('orgeid');
  const stopped = new Promise<NodeJS.Signals>((tell) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, tell);
  });
  const policy = await loadPolicy();
  const metrics = `127.0.0.1:${await freePort()}`;
  const system = await startSystem({
    dataDir: resolve(dataDir),
    keepData: true,
    ui,
    policy,
    parties: Party.options.map((party) => {
      const dataFile = dataOf[party];
      return dataFile === undefined ? { party } : { party, dataFile };
    }),
    log,
    workerEnv: { ORGEID_METRICS_ADDRESS: metrics },
  });
  let stopping = false;
  const watch = async (): Promise<void> => {
    await system.workers.at(-1)?.ended;
    if (stopping) return;
    log.error('the worker ended; starting another');
    await system.addWorker();
    await watch();
  };
  const watching = watch().catch((err: unknown) => log.fatal({ err }, 'no worker could be started'));
  const { engines } = system;
  print(`Org eID runs under policy ${policy.version}.`);
  print(`  Temporal    ${engines.temporal.address}${ui ? `   ${engines.temporal.uiUrl ?? ''}` : ''}`);
  print(`  NATS        ${engines.nats.url}`);
  print(`  PostgreSQL  ${engines.postgres.address}   (password in ${resolve(dataDir)})`);
  print(`  metrics     http://${metrics}/metrics`);
  print('Ctrl-C stops it; the data stay.');
  await stopped;
  stopping = true;
  print('stopping');
  await system.stop();
  await watching;
}
