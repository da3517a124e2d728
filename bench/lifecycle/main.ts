import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createLogger } from '../../log/logger.ts';
import { startTestSystem, type TestSystem } from '../../test/support/system.ts';
import { spawnWorker, type WorkerProcess } from '../../workers/spawn.ts';
import { cpuSeconds } from '../cpu.ts';
import { percentile, round } from '../percentile.ts';
import { historyEvents, latencies, throughput } from './measure.ts';
import { BENCH_QUEUE } from './queue.ts';
import { byHand, type Command, commandNames, orgeid, type Variant } from './variants.ts';

const { values: args } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    requests: { type: 'string', default: '150' },
    rounds: { type: 'string', default: '3' },
    'in-flight': { type: 'string', default: '32' },
    alone: { type: 'string', default: '30' },
  },
});
const requests = Number(args.requests);
const rounds = Number(args.rounds);
const inFlight = Number(args['in-flight']);
const alone = Number(args.alone);
const say = (text: string) => process.stderr.write(`${text}\n`);

/** Organisations are used once: a range for the warm-up, one for each round and one for the commands alone. */
const organisations = requests * (rounds + 1) + alone;

async function run(system: TestSystem, byHandWorker: WorkerProcess): Promise<Record<string, unknown>> {
  const { temporal, cases, watch, engines, workers } = system;
  const ours = orgeid(cases, watch);
  const bare = byHand(temporal, 'bare');
  const ordinary = byHand(temporal, 'ordinary');
  const variants = [ours, bare, ordinary];
  const rates = new Map<Variant, number[]>(variants.map((v) => [v, []]));
  const pids: Readonly<Record<string, number>> = {
    worker: workers[0]?.pid ?? 0,
    byHandWorker: byHandWorker.pid,
    temporal: engines.temporal.pid ?? 0,
    postgres: engines.postgres.pid ?? 0,
    nats: engines.nats.pid ?? 0,
  };
  const cpu: Record<string, Record<string, number>> = {};

  say('warming up');
  for (const variant of variants) await throughput(variant, 'warm', 1, Math.min(requests, 60), inFlight);
  for (let r = 1; r <= rounds; r += 1) {
    // A different order each round, so that none always follows the same one.
    for (const variant of [...variants.slice(r % 3), ...variants.slice(0, r % 3)]) {
      const before = Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)] as const);
      const start = performance.now();
      const rate = await throughput(variant, `r${r}`, r * requests + 1, requests, inFlight);
      const seconds = (performance.now() - start) / 1000;
      rates.get(variant)?.push(rate);
      const shares = before.map(([name, used]) => [
        name,
        round((cpuSeconds(pids[name] ?? 0) - used) / seconds),
      ]);
      cpu[variant.name] = Object.fromEntries(shares);
      say(`round ${r}: ${variant.name} ${round(rate)} requests/s`);
    }
  }
  say('commands alone');
  const timed = await latencies([ours, bare], (rounds + 1) * requests + 1, alone);
  const rate = (variant: Variant) => percentile(rates.get(variant) ?? [], 0.5);
  const events = async (variant: Variant) => {
    const first = (rounds + 1) * requests + 1;
    const counts = await Promise.all(
      Array.from({ length: alone }, (_, i) =>
        historyEvents(temporal, variant.workflowId(`alone-${first + i}`)),
      ),
    );
    const loaded = await Promise.all(
      Array.from({ length: requests }, (_, i) =>
        historyEvents(temporal, variant.workflowId(`r1-${requests + 1 + i}`)),
      ),
    );
    return { p50: percentile([...counts, ...loaded], 0.5), max: Math.max(...counts, ...loaded) };
  };
  const ms = (variant: Variant, command: Command, p: number) =>
    round(percentile(timed.get(variant)?.[command] ?? [], p));
  const commands = Object.fromEntries(
    commandNames.map((command) => [
      command,
      {
        p50: ms(ours, command, 0.5),
        p99: ms(ours, command, 0.99),
        bareP50: ms(bare, command, 0.5),
        bareP99: ms(bare, command, 0.99),
      },
    ]),
  );
  const [ourEvents, bareEvents] = [await events(ours), await events(bare)];
  return {
    perSecond: round(rate(ours)),
    barePerSecond: round(rate(bare)),
    ordinaryPerSecond: round(rate(ordinary)),
    ratio: round(rate(ours) / rate(bare)),
    ratioOrdinary: round(rate(ours) / rate(ordinary)),
    historyEvents: ourEvents.p50,
    historyEventsMax: ourEvents.max,
    bareHistoryEvents: bareEvents.p50,
    commands,
    cpuCores: cpu,
    requests,
    rounds,
    inFlight,
  };
}

const system = await startTestSystem({ organisations });
try {
  const { engines } = system;
  const env = {
    ORGEID_POSTGRES_URL: engines.postgres.urls.writer,
    ORGEID_NATS_URL: engines.nats.url,
    ORGEID_TEMPORAL_ADDRESS: engines.temporal.address,
    ORGEID_TASK_QUEUE: BENCH_QUEUE,
    ORGEID_POLICY_VERSION: system.policy.version,
  };
  const entry = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const byHandWorker = await spawnWorker(env, createLogger('bench', { level: 'warn' }), entry);
  try {
    const result = await run(system, byHandWorker);
    process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    await byHandWorker.stop();
  }
} finally {
  await system.stop();
}
