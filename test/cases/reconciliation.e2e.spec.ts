import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test, vi } from 'vitest';
import { commandChange, commandFault } from '../../registries/mock/control.ts';
import type { Registry } from '../../schemas/registry.ts';
import { readCase } from '../../store/readCase.ts';
import { type ReconcileOptions, reconcile } from '../../workers/reconcile.ts';
import { issue, streamOf } from '../support/play.ts';
import { codeOf } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const ACCOUNTS = 24;
const DIFFERENT = 1;
const DISSOLVED = 2;
const SILENT = 3;
const MASKED = 4;
const GONE = 5;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const system = useSystem({ organisations: ACCOUNTS, values: { registryBackoffMs: 100 } });

const run = (registry: Registry, options: Partial<ReconcileOptions> = {}) =>
  reconcile(system().temporal, 'orgeid', registry, {
    db: system().pool,
    policy: system().policy,
    answerWithinMs: 1_500,
    attempts: 2,
    ...options,
  });

async function accountOf(n: number): Promise<string> {
  const state = (await readCase(system().pool, streamOf(n)))?.state as { account?: string };
  return state.account ?? '';
}

const quietly = (registry: Registry, n: number, change: object) =>
  commandChange(system().nc, registry, { key: codeOf(n), publish: 'NEVER', ...change });

beforeAll(async () => {
  await Promise.all(Array.from({ length: ACCOUNTS }, (_, i) => issue(system(), i + 1)));
}, 300_000);

test('where nothing differs a run says so', async () => {
  const { totals, findings, finishedAt } = await run('BUSINESS');
  expect(totals).toEqual({
    accounts: ACCOUNTS,
    agree: ACCOUNTS,
    differ: 0,
    notFound: 0,
    unanswered: 0,
    notAsked: 0,
    differences: 0,
  });
  expect(findings).toEqual([]);
  expect(finishedAt).toBeDefined();
});

test('a run finds a difference, a dissolution that was not told, a record that is gone and a silence, and nothing else', async () => {
  await quietly('BUSINESS', DIFFERENT, { values: { address: 'Số 99 phường Khác, tỉnh Cà Mau' } });
  await quietly('BUSINESS', DISSOLVED, { status: 'DISSOLVED' });
  await quietly('BUSINESS', GONE, { values: { enterprise_code: '7999999999' } });
  await commandFault(system().nc, 'BUSINESS', { fault: 'SILENT', key: codeOf(SILENT) });
  const before = await system().pool.query('select count(*) from orgeid.events');
  const { totals, findings } = await run('BUSINESS');
  const found = Object.fromEntries(findings.map(({ account, finding }) => [account, finding]));
  expect(found).toMatchObject({
    [await accountOf(DIFFERENT)]: {
      outcome: 'DIFFERS',
      status: { result: 'SAME' },
      fields: expect.arrayContaining([
        expect.objectContaining({
          field: 'address',
          result: 'DIFFERENT',
          theirs: 'Số 99 phường Khác, tỉnh Cà Mau',
        }),
      ]),
    },
    [await accountOf(DISSOLVED)]: {
      outcome: 'DIFFERS',
      status: { result: 'NOT_LOCKED', theirs: 'DISSOLVED' },
    },
    [await accountOf(GONE)]: { outcome: 'NOT_FOUND' },
    [await accountOf(SILENT)]: { outcome: 'UNANSWERED', attempts: 2, detail: 'NO_ANSWER' },
  });
  expect(totals).toEqual({
    accounts: ACCOUNTS,
    agree: ACCOUNTS - 4,
    differ: 2,
    notFound: 1,
    unanswered: 1,
    notAsked: 0,
    differences: 3,
  });
  expect((await system().pool.query('select count(*) from orgeid.events')).rows).toEqual(before.rows);
  await commandFault(system().nc, 'BUSINESS', { fault: 'NONE' });
});

test('whoever starts a run while one is going on joins it, and another registry has a run of its own', async () => {
  const [one, other, tax] = await Promise.all([run('BUSINESS'), run('BUSINESS'), run('TAX')]);
  expect(other).toEqual(one);
  expect(tax.run).not.toBe(one.run);
  expect(tax.totals).toMatchObject({ accounts: ACCOUNTS, agree: ACCOUNTS, differences: 0 });
});

test('a run in small pages, with its workers killed, compares each account once', async () => {
  const progress: number[] = [];
  const pace = { lanes: 2, page: 3, continueAfter: 6 };
  await commandFault(system().nc, 'TAX', { fault: 'SLOW', ms: 300 });
  const running = run('TAX', {
    pace,
    answerWithinMs: 10_000,
    onProgress: ({ done }) => void progress.push(done),
  });
  for (const least of [2, 8]) {
    await vi.waitFor(() => expect(progress.at(-1)).toBeGreaterThan(least), { timeout: 60_000 });
    await system().workers.at(-1)?.kill();
    await system().addWorker();
  }
  const { totals } = await running;
  expect(totals).toMatchObject({ accounts: ACCOUNTS, agree: ACCOUNTS, unanswered: 0 });
  await commandFault(system().nc, 'TAX', { fault: 'NONE' });
});

test('a run that was ended from outside is taken up where it was', async () => {
  await commandFault(system().nc, 'TAX', { fault: 'SLOW', ms: 300 });
  let going = '';
  const pace = { lanes: 1 };
  const ended = expect(
    run('TAX', {
      pace,
      onProgress: (at) => {
        if (at.done > 3) going = at.run;
      },
    }),
  ).rejects.toThrow();
  await vi.waitFor(() => expect(going).not.toBe(''), { timeout: 30_000 });
  await system().temporal.workflow.getHandle(`reconciliation-${going}`).terminate('test');
  await ended;
  await commandFault(system().nc, 'TAX', { fault: 'NONE' });
  const again = await run('TAX');
  expect(again.run).toBe(going);
  expect(again.totals).toMatchObject({ accounts: ACCOUNTS, agree: ACCOUNTS });
});

/** The command line against the running system. */
async function cli(...args: readonly string[]) {
  const { engines } = system();
  const child = spawn(process.execPath, ['cli/orgeid.mjs', 'reconcile', ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      ORGEID_POSTGRES_URL: engines.postgres.urls.writer,
      ORGEID_TEMPORAL_ADDRESS: engines.temporal.address,
      ORGEID_POLICY_VERSION: system().policy.version,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

test('orgeid reconcile prints a table and ends with 3, and as JSON for a registry without differences with 0', async () => {
  await quietly('BUSINESS', MASKED, { values: { representative_name: 'Trần Thị Khác' } });
  const business = await cli('--registry', 'BUSINESS', '--lang', 'en');
  expect(business.code).toBe(3);
  expect(business.stdout).toMatch(/representative_name +Nguyễn Văn 4 +Trần Thị Khác/);
  expect(business.stdout).toContain('differences.');
  expect(business.stderr).toContain(`of ${ACCOUNTS} accounts compared`);
  const tax = await cli('--registry', 'TAX', '--json');
  expect(tax.code).toBe(0);
  expect(JSON.parse(tax.stdout)).toMatchObject({ registry: 'TAX', totals: { agree: ACCOUNTS } });
});

test('a person’s number is masked in what a run writes down', async () => {
  const key = `0000${String(MASKED).padStart(8, '0')}`;
  await commandChange(system().nc, 'POPULATION', {
    key,
    subject: { code: codeOf(MASKED) },
    values: { representative_name: 'Trần Thị Khác' },
    publish: 'NEVER',
  });
  const { run: name, totals } = await run('POPULATION');
  expect(totals).toMatchObject({ accounts: ACCOUNTS, differ: 1 });
  const { rows } = await system().pool.query<{ text: string }>(
    'select string_agg(finding::text, chr(10)) as text from orgeid.reconciliation_findings where run = $1',
    [name],
  );
  expect(rows[0]?.text).toContain('representative_id');
  expect(rows[0]?.text).not.toMatch(/0000\d{8}/);
});

test('after all of this the log is whole', async () => {
  await expectTruth(system());
});
