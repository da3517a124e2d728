import { beforeAll, expect, test, vi } from 'vitest';
import { readStream } from '../../store/read.ts';
import { failingCases, renewCase } from '../../workers/renew.ts';
import { orgeid } from '../cli/command.ts';
import { compileChanged } from '../histories/changed/compile.ts';
import { readsFirst, readsFirstPatched } from '../histories/changed/variants.ts';
import { useSystem } from '../support/system.ts';
import { failedTasks, hasPatch } from '../support/task-history.ts';
import { expectTruth } from '../support/truth.ts';
import { hundredWaiting, someWaiting, type WaitingCase } from '../support/waiting-cases.ts';

const NONDETERMINISM = 'WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR';
const SOON = { timeout: 60_000, interval: 100 };
const system = useSystem({ organisations: 200, workers: 2 });
const env = (bundle: { readonly codePath: string }) => ({ ORGEID_WORKFLOW_BUNDLE: bundle.codePath });
const running = () => system().workers.filter((worker) => worker.running);
const stopAll = () => Promise.all(running().map((worker) => worker.stop()));
const lengthOf = async (stream: string) => (await readStream(system().pool, stream)).length;

/** The next release: its runner does more, under a patch. And one that forgot the patch. */
let next: { readonly codePath: string };
let careless: { readonly codePath: string };
beforeAll(async () => {
  next = await compileChanged(readsFirstPatched);
  careless = await compileChanged(readsFirst);
});

/** Each case, and how often its workflow tasks failed, and why. */
const failuresOf = async (cases: readonly WaitingCase[]) =>
  (await Promise.all(cases.map(({ stream }) => failedTasks(system(), stream)))).flat();

const untilAllFail = (cases: readonly WaitingCase[]) =>
  vi.waitFor(async () => {
    const failures = await Promise.all(cases.map(({ stream }) => failedTasks(system(), stream)));
    for (const of of failures) expect(of.map(({ cause }) => cause)).toContain(NONDETERMINISM);
  }, SOON);

test('workers are replaced one after another while a hundred cases wait: each goes on to its end, none fails', async () => {
  const cases = await hundredWaiting(system());
  expect(cases).toHaveLength(100);
  const [first, second] = running();
  const meanwhile = (rest: number) =>
    Promise.all(cases.filter((_, i) => i % 3 === rest).map((one) => one.meanwhile()));
  await Promise.all([meanwhile(0), system().addWorker(env(next))]);
  await Promise.all([meanwhile(1), first?.stop()]);
  await system().addWorker(env(next));
  await Promise.all([meanwhile(2), second?.kill()]);
  const changed = Date.now();
  expect([first, second].map((worker) => worker?.running)).toEqual([false, false]);
  await Promise.all(cases.map((one) => one.finish()));

  const failures = await failuresOf(cases);
  expect(failures.filter(({ at }) => at > changed)).toEqual([]);
  expect(failures.filter(({ cause }) => cause !== NONDETERMINISM)).toEqual([]);
  const patched = await Promise.all(cases.map(({ stream }) => hasPatch(system(), stream, 'read-first')));
  expect(cases.filter((_, i) => !patched[i]).map(({ kind, stream }) => `${kind}: ${stream}`)).toEqual([]);
  await expectTruth(system());
});

test('workers of an incompatible release spoil nothing: cases stand still, and go on when the right ones are back', async () => {
  await stopAll();
  await system().addWorker();
  const cases = await someWaiting(system(), 201, 10);
  const before = await Promise.all(cases.map(({ stream }) => lengthOf(stream)));
  await stopAll();

  const wrong = await system().addWorker(env(careless));
  const sent = Promise.all(cases.map((one) => one.meanwhile()));
  await untilAllFail(cases);
  expect(await Promise.all(cases.map(({ stream }) => lengthOf(stream)))).toEqual(before);
  await wrong.stop();

  await system().addWorker();
  await sent;
  await Promise.all(cases.map((one) => one.finish()));
  await expectTruth(system());
});
/** Begins every case anew that does not get on, of these and of earlier ones. */
async function renewFailing(waiting: readonly WaitingCase[]): Promise<void> {
  const { temporal, cases, pool: db } = system();
  const renewed: string[] = [];
  for await (const stream of failingCases({ temporal, cases, db })) {
    expect(await renewCase({ temporal, cases, db }, stream)).toEqual({ stream, outcome: 'RENEWED' });
    renewed.push(stream);
  }
  expect(renewed).toEqual(expect.arrayContaining(waiting.map(({ stream }) => stream)));
}

test('where a patch would be too much, cases are begun anew from their log and go on in the new code', async () => {
  const cases = await someWaiting(system(), 221, 10);
  await stopAll();
  await system().addWorker(env(careless));
  const sent = Promise.all(cases.map((one) => one.meanwhile()));
  await untilAllFail(cases);
  await renewFailing(cases);
  await sent;
  const renewedAt = Date.now();
  await Promise.all(cases.map((one) => one.finish()));
  expect((await failuresOf(cases)).filter(({ at }) => at > renewedAt)).toEqual([]);
  await expectTruth(system());
});

/** `orgeid renew` as an operator runs it. */
async function renew(...options: readonly string[]): Promise<string> {
  const { engines, policy } = system();
  const { code, stdout } = await orgeid(['renew', ...options], {
    ORGEID_POSTGRES_URL: engines.postgres.url,
    ORGEID_TEMPORAL_ADDRESS: engines.temporal.address,
    ORGEID_POLICY_VERSION: policy.version,
  }).ended;
  expect(code).toBe(0);
  return stdout;
}

test('and so they go on in the former release when the new one is taken back', async () => {
  await stopAll();
  await system().addWorker(env(next));
  const cases = await someWaiting(system(), 241, 10);
  await stopAll();
  await system().addWorker();
  const sent = Promise.all(cases.map((one) => one.meanwhile()));
  await untilAllFail(cases);
  const begun = new Date().toISOString();
  const older = await renew('--begun-before', begun, '--dry-run');
  for (const { stream } of cases) expect(older).toContain(`${stream}\tFOUND\n`);
  const renewed = await renew('--failing');
  for (const { stream } of cases) expect(renewed).toContain(`${stream}\tRENEWED\n`);
  const left = await renew('--begun-before', begun, '--dry-run');
  for (const { stream } of cases) expect(left).not.toContain(stream);
  await sent;
  await Promise.all(cases.map((one) => one.finish()));
  await expectTruth(system());
});
