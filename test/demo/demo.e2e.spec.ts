import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { accountStories } from '../../demo/accounts/stories.ts';
import { paths } from '../../demo/paths.ts';
import type { Summary } from '../../demo/report.ts';
import { freshFolder } from '../support/folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Starts the command as a person does; `ended` resolves with all that it said. */
function demo(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/orgeid.mjs', 'demo', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout: said.stdout, stderr: said.stderr })),
  );
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      child.stdout.on('data', () => pattern.test(said.stdout) && resolve());
      child.once('close', () => reject(new Error(`it ended early: ${said.stdout}${said.stderr}`)));
    });
  return { child, ended, until };
}

describe('the demo', () => {
  let ended: Ended;
  let summary: Summary;

  beforeAll(async () => {
    ended = await demo(['--json']).ended;
    summary = JSON.parse(ended.stdout.trimEnd().split('\n').at(-1) ?? '') as Summary;
  }, 10 * 60_000);

  it('ends well because all of its checks hold', () => {
    expect(summary.checks).toEqual({
      everyRequestEndedOrOwned: true,
      logHeadIsStreamEnd: true,
      readModelsAreFolds: true,
      hashChainWhole: true,
      storylinesAsExpected: true,
      accountStoriesAsExpected: true,
      bodiesAnswered: true,
      statusBucketIsFold: true,
      brokenRowsReported: true,
      peopleActedOverHttp: true,
      bundleHolds: true,
      alteredBundleRefused: true,
    });
    expect(ended.code).toBe(0);
  });

  it.each(Object.entries(paths))('leads "%s" where it should', (path, { outcome }) => {
    expect(summary.paths[path]).toEqual({
      requests: expect.any(Number),
      outcomes: [outcome],
      asExpected: true,
    });
  });

  it.each(Object.entries(accountStories))('leads the account of "%s" where it should', (name, { ends }) => {
    expect(summary.accounts[name]).toEqual({ status: ends, asExpected: true });
  });

  it('counts locks, unlocks, changes of registries and proofs', () => {
    expect(summary.locks).toBeGreaterThan(summary.unlocks);
    expect(summary.unlocks).toBeGreaterThanOrEqual(5);
    expect(summary.registryChanges).toBe(6);
    expect(summary).toMatchObject({ proofsAccepted: 2, proofsRefused: 3 });
  });

  it('asks all four registries, one down for a while and one slow, and two bodies', () => {
    expect(summary.registries).toEqual({
      BUSINESS: { asked: expect.any(Number) },
      COOPERATIVE: { asked: expect.any(Number), befell: 'SLOW' },
      TAX: { asked: expect.any(Number), befell: 'DOWN' },
      POPULATION: { asked: expect.any(Number) },
    });
    for (const { asked } of Object.values(summary.registries)) expect(asked).toBeGreaterThan(0);
    expect(summary.bodies).toMatchObject([
      { body: 'FINANCE', outcome: 'MATCH', asExpected: true },
      { body: 'HOME_AFFAIRS', outcome: 'MATCH', by: ['body-home-affairs-hy'], asExpected: true },
    ]);
  });

  it('counts outcomes, issued and activated accounts alike', () => {
    const { outcomes, issued, activated, organisations, requests } = summary;
    const of = (...names: string[]) => names.reduce((sum, name) => sum + (outcomes[name] ?? 0), 0);
    expect(organisations).toBeGreaterThanOrEqual(100);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(requests);
    expect(activated).toBe(of('ACTIVATED', 'ACTIVATED_BY_CALL_CENTRE'));
    expect(issued).toBe(activated + of('ACTIVATION_OVERDUE', 'ISSUED'));
    expect(issued).toBeGreaterThan(activated);
  });

  it('reports the ten broken rows by line and column', () => {
    expect(summary.rejectedRows).toHaveLength(10);
    for (const { code, line, problems } of summary.rejectedRows) {
      expect(code).toBe('EID_ERR_CSV_ROW');
      expect(line).toBeGreaterThan(1);
      expect(problems[0]?.column).not.toBe('');
    }
  });

  it('delivers every event of the log to the stream', () => {
    expect(summary.streamLastSequence).toBe(summary.logHead);
    expect(summary.events).toBe(summary.logHead);
    expect(summary.logHead).toBeGreaterThan(2_000);
  });

  it('keeps standard output for the one JSON line and tells the story on standard error', () => {
    expect(ended.stdout.trimEnd().split('\n')).toHaveLength(1);
    for (const words of ['By storyline', 'By reception unit', '17/BCĐ', 'Decree 69/2024 Art 13(4)(b) [V]']) {
      expect(ended.stderr).toContain(words);
    }
  });

  it('never prints a personal number', () => {
    expect(ended.stdout + ended.stderr).not.toMatch(/0000000\d{5}(?!\d)|@example\.com/);
  });
});

it('the demo stops on an interrupt and leaves neither data nor engines behind', async () => {
  const folder = freshFolder();
  const { child, ended, until } = demo([], { TMPDIR: folder, LOG_LEVEL: 'error' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await until(/filed [1-9]/);
  expect(readdirSync(folder).filter((name) => name.startsWith('orgeid-demo-'))).toHaveLength(1);
  child.kill('SIGINT');
  const { code } = await ended;
  expect(code).toBe(130);
  expect(readdirSync(folder).filter((name) => name.startsWith('orgeid-demo-'))).toEqual([]);
  expect(await processesWith(folder)).toEqual([]);
});

/** Command lines of running processes that name a folder. */
async function processesWith(folder: string): Promise<string[]> {
  const ps = spawn('ps', ['-eo', 'args'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const part of ps.stdout) text += String(part);
  return text.split('\n').filter((line) => line.includes(folder));
}
