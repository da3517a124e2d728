import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readHead } from '../../store/read.ts';
import { issue, streamOf } from '../support/play.ts';
import { type Supervision, withWorkers } from '../support/supervise.ts';
import { type TestSystem, useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const REQUESTS = 80;
const KILLS = 8;
const system = useSystem({
  organisations: 700,
  workers: 0,
  workerEnv: { ORGEID_CARETAKER_GRACE_MS: '3000', ORGEID_CARETAKER_EVERY_MS: '3000' },
});

/** Every request ended, with each of its events once and one account of its own. */
async function expectAllIssued({ pool }: TestSystem, first: number, count: number): Promise<void> {
  const streams = Array.from({ length: count }, (_, i) => streamOf(first + i));
  const { rows } = await pool.query<{ status: string; closed: boolean; n: string }>(
    'select status, closed, count(*) as n from orgeid.cases where stream = any($1) group by 1, 2',
    [streams],
  );
  expect(rows).toEqual([{ status: 'COMPLETED', closed: true, n: String(count) }]);
  const { rows: twice } = await pool.query(
    `select stream, type, count(*) from orgeid.events where stream = any($1)
       and type in ('RequestSubmitted', 'RequestAccepted', 'RequestApproved', 'AccountIssued', 'AccountOpened')
     group by 1, 2 having count(*) <> 1`,
    [streams],
  );
  expect(twice).toEqual([]);
  const { rows: numbers } = await pool.query<{ n: string }>(
    `select count(distinct body::jsonb #>> '{data,number}') as n from orgeid.events
     where stream = any($1) and type = 'AccountIssued'`,
    [streams],
  );
  expect(numbers).toEqual([{ n: String(count) }]);
}

const issueAll = (first: number, count: number) =>
  Promise.all(Array.from({ length: count }, (_, i) => issue(system(), first + i)));

/** Kills workers at random, each time after so many more events: while work is under way. */
async function killAtRandom(workers: Supervision, kills: number): Promise<void> {
  for (let killed = 0; killed < kills; killed += 1) {
    await untilLogGrows(20 + Math.random() * 160);
    const victims = await untilSome(workers.alive);
    await victims[Math.floor(Math.random() * victims.length)]?.kill();
  }
}

async function untilLogGrows(events: number): Promise<void> {
  const { position } = await readHead(system().pool);
  while ((await readHead(system().pool)).position < position + events) await pause(20);
}

async function untilSome<T>(look: () => readonly T[]): Promise<readonly T[]> {
  while (look().length === 0) await pause(20);
  return look();
}

test(`workers killed ${KILLS} times at random during ${REQUESTS} requests lose nothing and do nothing twice`, async () => {
  await withWorkers(system(), 2, async (workers) => {
    await Promise.all([issueAll(1, REQUESTS), killAtRandom(workers, KILLS)]);
    expect(workers.deaths()).toBe(KILLS);
    await expectAllIssued(system(), 1, REQUESTS);
    await expectTruth(system());
  });
});

test('NATS, Temporal and PostgreSQL killed once each under load lose nothing', async () => {
  const first = 301;
  const count = 90;
  const { engines, watch } = system();
  const killEach = async () => {
    for (const [i, engine] of [engines.nats, engines.temporal, engines.postgres].entries()) {
      await watch.until(streamOf(first + i * 30), ({ version }) => version > 0);
      await engine.kill();
      await engine.restart();
    }
  };
  await withWorkers(system(), 1, async () => {
    await Promise.all([issueAll(first, count), killEach()]);
    await expectAllIssued(system(), first, count);
    await expectTruth(system());
  });
});

test('workers that die right after an append, or between two questions, leave every stream exact', async () => {
  const points = [
    'record.committed:3',
    'effect.asked:2',
    'record.committed:7',
    'relay.mid-batch:5',
    'record.committed:1',
  ];
  const wanted = 2 * points.length;
  const arm = (born: number): Readonly<Record<string, string>> =>
    born < wanted ? { ORGEID_FAILPOINTS: points[born % points.length] ?? '' } : {};
  const first = 501;
  const count = 40;
  const work = async (workers: Supervision) => {
    await issueAll(first, count);
    let issued = count;
    for (; workers.deaths() < wanted; issued += 1) await issue(system(), first + issued);
    await expectAllIssued(system(), first, issued);
    await expectTruth(system());
  };
  await withWorkers(system(), 1, work, arm);
});
