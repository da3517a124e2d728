import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readHead } from '../../store/read.ts';
import { issue, streamOf } from '../support/play.ts';
import { supervise } from '../support/supervise.ts';
import { type TestSystem, useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const REQUESTS = 200;
const KILLS = 20;
const system = useSystem({ organisations: 700, workers: 0 });

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

test(`workers killed ${KILLS} times at random during ${REQUESTS} requests lose nothing and do nothing twice`, async () => {
  const workers = supervise(system(), 2);
  const all = issueAll(1, REQUESTS);
  for (let kills = 0; kills < KILLS; kills += 1) {
    await untilLogGrows(20 + Math.random() * 180);
    const victims = await untilSome(workers.alive);
    await victims[Math.floor(Math.random() * victims.length)]?.kill();
  }
  await all;
  await expectAllIssued(system(), 1, REQUESTS);
  await expectTruth(system());
  await workers.stop();
  expect(workers.deaths()).toBeGreaterThanOrEqual(KILLS);
});

/** Kills come while work is under way: each waits for so many more events. */
async function untilLogGrows(events: number): Promise<void> {
  const { position } = await readHead(system().pool);
  while ((await readHead(system().pool)).position < position + events) await pause(20);
}

async function untilSome<T>(look: () => readonly T[]): Promise<readonly T[]> {
  while (look().length === 0) await pause(20);
  return look();
}

test('NATS, Temporal and PostgreSQL killed once each under load lose nothing', async () => {
  const workers = supervise(system(), 1);
  const first = 301;
  const count = 90;
  const all = issueAll(first, count);
  const { engines, watch } = system();
  const third = (i: number) => streamOf(first + Math.floor((count * i) / 4));
  for (const [i, engine] of [engines.nats, engines.temporal, engines.postgres].entries()) {
    await watch.until(third(i), ({ version }) => version > 0);
    await engine.kill();
    await engine.restart();
  }
  await all;
  await expectAllIssued(system(), first, count);
  await expectTruth(system());
  await workers.stop();
});

test('workers that die right after an append, or between two questions, leave every stream exact', async () => {
  const points = [
    'record.committed:3',
    'effect.asked:2',
    'record.committed:7',
    'relay.mid-batch:5',
    'record.committed:1',
  ];
  const wanted = 15;
  const workers = supervise(system(), 1, (born) =>
    born < wanted ? { ORGEID_FAILPOINTS: points[born % points.length] ?? '' } : {},
  );
  const first = 501;
  const count = 40;
  await issueAll(first, count);
  expect(workers.deaths()).toBeGreaterThanOrEqual(wanted);
  await expectAllIssued(system(), first, count);
  await expectTruth(system());
  await workers.stop();
});
