import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createLogger } from '../../log/logger.ts';
import { loadPolicy } from '../../policies/load.ts';
import type { Policy, PolicyParameters } from '../../schemas/policy.ts';
import { Registry } from '../../schemas/registry.ts';
import { type System, type SystemOptions, startSystem } from '../../workers/system.ts';
import { edgeOf } from './edge.ts';
import { type Fault, registrant, registryFile } from './requests.ts';
import { watchCases } from './watch.ts';

export type Values = { readonly [K in keyof PolicyParameters]?: PolicyParameters[K]['value'] };

/** The Decree's policy with some values changed, as a version of its own. */
export async function policyWith(version: string, values: Values): Promise<Policy> {
  const policy = await loadPolicy();
  const parameters = Object.fromEntries(
    Object.entries(policy.parameters).map(([name, parameter]) => {
      const value = values[name as keyof Values];
      return [name, value === undefined ? parameter : { ...parameter, value }];
    }),
  ) as PolicyParameters;
  return { ...policy, version, parameters };
}

export type TestSystemOptions = {
  readonly organisations: number;
  readonly values?: Values;
  readonly absent?: ReadonlySet<number>;
  readonly faults?: ReadonlyMap<number, Fault>;
  /** Organisations whose registrant VNeID does not reach; the next channel does. */
  readonly unreachable?: readonly number[];
  readonly workers?: number;
  readonly workerEnv?: Readonly<Record<string, string>>;
  /** With identity provider and API, and more for the API's environment. */
  readonly api?: Readonly<Record<string, string>>;
  /** Life of a token, seconds; the provider's own by default. */
  readonly tokenSeconds?: number;
};

export type TestSystem = System & { readonly watch: ReturnType<typeof watchCases>; readonly dataDir: string };

/** Limits in milliseconds: real engines run on the clock of today, which no calendar need know. */
export const compressed: Values = {
  limitInDatabases: { amount: 3_600_000, unit: 'milliseconds' },
  limitNotInDatabases: { amount: 7_200_000, unit: 'milliseconds' },
  limitActivation: { amount: 3_600_000, unit: 'milliseconds' },
  activationReminders: [],
};

/** Starts a whole system with registries that know organisations 1 to `organisations`. */
export async function startTestSystem(options: TestSystemOptions): Promise<TestSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'orgeid-system-'));
  const data = join(dataDir, 'data');
  mkdirSync(data);
  const { organisations, absent, faults } = options;
  const registries = Registry.options.map((party) => ({
    party,
    dataFile: registryFile(data, party, organisations, absent, faults),
  }));
  const vneid = join(data, 'vneid.json');
  const rules = (options.unreachable ?? []).map((n) => ({ match: registrant(n).id, outcome: 'FAILED' }));
  writeFileSync(vneid, JSON.stringify({ rules }));
  const settings: SystemOptions = {
    dataDir: join(dataDir, 'engines'),
    policy: await policyWith('test/1', { ...compressed, ...options.values }),
    parties: [...registries, { party: 'VNEID', dataFile: vneid }, { party: 'SMS' }, { party: 'EMAIL' }],
    log: createLogger('test', { level: process.env.LOG_LEVEL ?? 'error', pretty: true }),
    workers: options.workers ?? 1,
    workerEnv: { LOG_LEVEL: 'warn', ...options.workerEnv },
    ...(options.api ? { edge: edgeOf(data, organisations, options.api, options.tokenSeconds) } : {}),
  };
  const system = await startSystem(settings);
  const watch = watchCases(system.pool);
  return {
    ...system,
    watch,
    dataDir,
    async stop() {
      await watch.stop();
      await system.stop();
      const denied = deniedToWriter(system.engines.postgres.logFile);
      rmSync(dataDir, { recursive: true, force: true });
      if (denied.length > 0) throw new Error(`the writer lacks a right:\n${denied.join('\n')}`);
    },
  };
}

/** A right that a worker lacks may show only as a warning; the server's log has it. */
const deniedToWriter = (logFile: string): string[] =>
  (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '')
    .split('\n')
    .filter((line) => /orgeid_writer_login@\S+ ERROR: {2}(permission denied|must be owner)/.test(line));

/** The same for a test file: started before its tests, stopped after them. */
export function useSystem(options: TestSystemOptions): () => TestSystem {
  let system: TestSystem | undefined;
  beforeAll(async () => {
    system = await startTestSystem(options);
  });
  afterAll(async () => {
    await system?.stop();
  });
  return () => {
    if (!system) throw new Error('the system is not started');
    return system;
  };
}
