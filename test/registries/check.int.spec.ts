import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectBus } from '../../bus/connect.ts';
import { openBus } from '../../registries/check/bus.ts';
import { subjectOf } from '../../registries/check/cases.ts';
import { adapterProcess } from '../../registries/check/process.ts';
import { questionsOf } from '../../registries/check/questions.ts';
import type { CheckReport } from '../../registries/check/report.ts';
import { checkAdapter } from '../../registries/check/run.ts';
import { useEngines } from '../support/engines.ts';
import { admitAdapter } from './admit.ts';

const engines = useEngines(['nats']);
const plain = fileURLToPath(new URL('./plainAdapter.mjs', import.meta.url));

const sample = fileURLToPath(new URL('../../samples/adapter-typescript/adapter.ts', import.meta.url));

const cases = {
  known: subjectOf('TAX', '9000000001'),
  unknown: subjectOf('TAX', '9999999999'),
  unavailable: subjectOf('TAX', '9000000003'),
};

type Options = {
  readonly command: string;
  readonly only?: readonly string[];
  readonly timeoutMs?: number;
  readonly startMs?: number;
};

async function check({ command, only, timeoutMs = 5_000, startMs = 20_000 }: Options): Promise<CheckReport> {
  const servers = engines().nats.url;
  const nc = await connectBus({ servers, name: 'check' });
  onTestFinished(() => nc.close());
  const run = randomBytes(4).toString('hex');
  const bus = await openBus(nc, 'TAX', run);
  await bus.clear();
  const { credentials, env } = await admitAdapter(engines().nats, 'TAX');
  const process = adapterProcess(command, env);
  const limits = { timeoutMs, startMs, burst: 60 };
  const context = {
    party: 'TAX',
    cases,
    bus,
    questions: questionsOf('TAX', run),
    process,
    ...limits,
  } as const;
  const report = await checkAdapter(
    { ...context, credentials },
    only === undefined ? {} : { only: new Set(only) },
  );
  await bus.close();
  return report;
}

const bad = (report: CheckReport) => report.items.filter(({ status }) => status === 'FAILED');
const names = (report: CheckReport, status: string) =>
  report.items.filter((item) => item.status === status).map(({ name }) => name);

describe('the conformance check', () => {
  it('passes an adapter that keeps the contract without the kit, and says what it could not run', async () => {
    const report = await check({ command: `node ${plain}` });
    expect(bad(report)).toEqual([]);
    expect(names(report, 'NOT_RUN')).toEqual(['refused']);
    expect(report).toMatchObject({ schema: 'adapter-check/1', party: 'TAX', ok: true, failed: 0, notRun: 1 });
    expect(report.passed).toBe(report.items.length - 1);
  });

  it('passes an adapter made with the kit', async () => {
    const report = await check({ command: `"${process.execPath}" --import tsx ${sample}` });
    // The sample's only record is the known one.
    expect(bad(report).map(({ name }) => name)).toEqual(['unavailable']);
    expect(names(report, 'NOT_RUN')).toEqual(['refused', 'changes']);
  });

  it.each([
    { fault: 'busy-is-not-found', item: 'unavailable', came: 'NOT_FOUND' },
    { fault: 'wrong-query-id', item: 'answer-shape', came: 'no query of this id' },
    { fault: 'values-not-asked-for', item: 'one-field', came: 'address' },
    { fault: 'strict', item: 'unknown-fields', came: 'no answer' },
    { fault: 'needs-answer-by', item: 'old-version', came: 'no answer' },
    { fault: 'takes-any-version', item: 'future-version', came: 'FOUND' },
    { fault: 'skips-what-is-late', item: 'answer-by', came: 'the last attempt' },
    { fault: 'new-answer-each-time', item: 'duplicate', came: 'looked up twice' },
    { fault: 'new-id-each-time', item: 'duplicate', came: 'another id' },
    { fault: 'answers-twice', item: 'one-answer', came: 'different content' },
    { fault: 'dies-of-bad-messages', item: 'not-json', came: 'ended with exit code' },
    { fault: 'refuses-bad-messages-for-ever', item: 'wrong-shape', came: 'not acknowledged' },
    { fault: 'subscribes-without-the-durable', item: 'answers', came: 'no answer' },
    { fault: 'never-acknowledges', item: 'acknowledges', came: 'not acknowledged' },
    { fault: 'not-found-under-load', item: 'burst', came: 'NOT_FOUND instead of FOUND' },
    { fault: 'acknowledges-first', item: 'restart-killed', came: 'not answered' },
    { fault: 'ignores-sigterm', item: 'restart-stopped', came: 'after SIGTERM' },
    { fault: 'wrong-content-type', item: 'answer-shape', came: 'Content-Type' },
    { fault: 'wrong-source', item: 'answer-shape', came: 'source' },
    { fault: 'bad-change', item: 'changes', came: 'changedAt' },
  ])('finds an adapter that $fault, under $item', async ({ fault, item, came }) => {
    const report = await check({
      command: `node ${plain} ${fault}`,
      only: [item],
      timeoutMs: 1_000,
      startMs: 6_000,
    });
    const found = report.items.find(({ name }) => name === item);
    expect(found?.status, JSON.stringify(report.items)).toBe('FAILED');
    expect(found?.came).toContain(came);
    expect(found?.next).toEqual(expect.stringMatching(/\w/));
    expect(report.ok).toBe(false);
  });

  it('reports an adapter that does not start with its last words, and runs nothing more on it', async () => {
    const report = await check({ command: 'echo "no such registry" >&2; exit 3' });
    expect(report.items[0]).toMatchObject({ name: 'answers', status: 'FAILED' });
    expect(report.items[0]?.came).toContain('ended with exit code 3; its last lines: no such registry');
    expect(report).toMatchObject({ passed: 0, failed: 1 });
  });
});
