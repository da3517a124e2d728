import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonTools } from './python.ts';

/**
 * Meets the API with a tool in another language: Schemathesis makes requests up by the OpenAPI document, right and wrong, as people of
 * several kinds, and checks every answer against it. All of its checks are on.
 */
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const say = (text: string) => process.stderr.write(`${text}\n`);

type Run = { readonly person: string; readonly what: string; readonly args: readonly string[] };
const fuzzing = ['--phases', 'fuzzing', '-n', '6'] as const;

const runs: readonly Run[] = [
  { person: 'desk', what: 'every boundary of every field', args: ['--phases', 'coverage'] },
  {
    person: 'registrant-1',
    what: 'the examples, what chance finds, and steps that lead from one answer to another',
    args: ['--phases', 'examples,fuzzing,stateful', '-n', '6'],
  },
  ...['head', 'proposer', 'director', 'call-centre', 'auditor'].map((person) => ({
    person,
    what: 'what chance finds',
    args: fuzzing,
  })),
];

let folder = '';
let tool = '';
let url = '';
let system: ChildProcess;
let ended: Promise<unknown>;

/** Starts the system in a process of its own and waits for its ready line. */
async function start(): Promise<string> {
  system = spawn(process.execPath, ['--import', 'tsx', here('./serve.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ORGEID_GUARDED: '1' },
  });
  ended = once(system, 'exit');
  if (!system.stdout) throw new Error('the system has no output');
  for await (const line of createInterface({ input: system.stdout })) {
    const said: { readonly ready?: boolean; readonly url?: string } = JSON.parse(line);
    if (said.ready && said.url) return said.url;
  }
  throw new Error('the system did not start; its last lines say why');
}

/** Everything that Schemathesis wrote, and how it ended: 0 when no answer differs from the document. */
async function schemathesis({ person, args }: Run): Promise<{ code: unknown; report: string }> {
  const token = readFileSync(join(folder, `${person}.token`), 'utf8');
  const file = [
    '--config-file',
    here('./schemathesis.toml'),
    '--no-color',
    'run',
    join(folder, 'openapi.json'),
  ];
  const given = ['--url', url, '--header', `Authorization: ${token}`, '--checks', 'all', '--seed', '1'];
  const run = spawn(tool, [...file, ...given, '--workers', '1', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
  });
  let report = '';
  for (const stream of [run.stdout, run.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      report += text;
    });
  }
  const [code] = await once(run, 'close');
  return { code, report };
}

/** "790 generated, 790 passed, 22 skipped" */
const countIn = (report: string) => /^ *(\d+) generated, (\d+) passed.*$/m.exec(report);

describe('what the API answers is what its OpenAPI document says', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'orgeid-interop-'));
    tool = join(await pythonTools(say), 'schemathesis');
    say('starting the system');
    url = await start();
  });

  afterAll(async () => {
    system?.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(runs)('to $person: $what', async (run) => {
    say(`Schemathesis as ${run.person}: ${run.args.join(' ')}`);
    const { code, report } = await schemathesis(run);
    const count = countIn(report);
    expect(code, report).toBe(0);
    expect(Number(count?.[2]), report).toBeGreaterThan(100);
    say(`Schemathesis as ${run.person}: ${count?.[0].trim()}`);
  });
});
