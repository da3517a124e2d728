import { parseArgs } from 'node:util';
import { checkMirror } from '../../audit/checkMirror.ts';
import { startTestSystem, type TestSystem } from '../../test/support/system.ts';
import { percentile, round } from '../percentile.ts';
import { inLanes, lockOne, openAll, type Timed } from './measure.ts';
import { type Sightings, watchElsewhere } from './sightings.ts';

const { values: args } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    alone: { type: 'string', default: '200' },
    burst: { type: 'string', default: '400' },
    'in-flight': { type: 'string', default: '32' },
  },
});
const alone = Number(args.alone);
const burst = Number(args.burst);
const inFlight = Number(args['in-flight']);
/** Locked before anything is measured. */
const WARM = 20;
const say = (text: string) => process.stderr.write(`${text}\n`);

const spread = (timed: readonly Timed[], from: keyof Timed, to: keyof Timed) => {
  const all = timed.map((one) => one[to] - one[from]);
  return { p50: round(percentile(all, 0.5)), p99: round(percentile(all, 0.99)) };
};

const stages = (timed: readonly Timed[]) => ({
  decisionToVisible: spread(timed, 'recorded', 'seen'),
  sentToVisible: spread(timed, 'sent', 'seen'),
  sentToAnswer: spread(timed, 'sent', 'answered'),
});

async function run(system: TestSystem, sightings: Sightings): Promise<Record<string, unknown>> {
  say(`opening ${WARM + alone + burst} accounts`);
  await openAll(system, sightings, WARM + alone + burst);
  await inLanes(1, WARM, 4, async (n) => void (await lockOne(system, sightings, n)));

  say(`${alone} locks, one by one`);
  const single: Timed[] = [];
  await inLanes(WARM + 1, alone, 1, async (n) => void single.push(await lockOne(system, sightings, n)));

  say(`${burst} locks, ${inFlight} at once`);
  const many: Timed[] = [];
  await inLanes(WARM + alone + 1, burst, inFlight, async (n) => {
    many.push(await lockOne(system, sightings, n));
  });
  const seconds = (Math.max(...many.map((t) => t.seen)) - Math.min(...many.map((t) => t.sent))) / 1000;
  const one = stages(single);
  return {
    p50Ms: one.decisionToVisible.p50,
    p99Ms: one.decisionToVisible.p99,
    locksPerSecond: round(burst / seconds),
    oneByOne: one,
    manyAtOnce: stages(many),
    differences: (await checkMirror(system.nc, system.pool)).length,
    alone,
    burst,
    inFlight,
  };
}

const system = await startTestSystem({ organisations: 1 });
try {
  const sightings = await watchElsewhere(system.engines.nats.url);
  try {
    const result = await run(system, sightings);
    process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    await sightings.stop();
  }
} finally {
  await system.stop();
}
