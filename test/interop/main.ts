import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pythonTools } from './python.ts';

/**
 * Meets the API with a tool in another language: Schemathesis makes requests up by the OpenAPI document, right and wrong, as people of
 * several kinds, and checks every answer against it. All of its checks are on.
 */
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const say = (text: string) => process.stderr.write(`${text}\n`);

type Run = { readonly person: string; readonly args: readonly string[] };

/** Every boundary of every field once; then what chance finds, as everybody, and along the steps that lead from one answer to another. */
const runs: readonly Run[] = [
  { person: 'desk', args: ['--phases', 'coverage'] },
  { person: 'registrant-1', args: ['--phases', 'examples,fuzzing,stateful', '-n', '4', '--max-time', '60'] },
  ...['head', 'proposer', 'director', 'call-centre', 'auditor'].map((person) => ({
    person,
    args: ['--phases', 'fuzzing', '-n', '3', '--max-time', '30'],
  })),
];

const folder = mkdtempSync(join(tmpdir(), 'orgeid-interop-'));
const child = spawn(process.execPath, ['--import', 'tsx', here('./serve.ts'), folder], {
  stdio: ['pipe', 'pipe', 'inherit'],
  env: { ...process.env, ORGEID_GUARDED: '1' },
});
const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

async function ready(): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const said: { readonly ready?: boolean; readonly url?: string } = JSON.parse(line);
    if (said.ready && said.url) return said.url;
  }
  throw new Error('the system did not start; its last lines say why');
}

function schemathesis(tool: string, url: string, { person, args }: Run): Promise<boolean> {
  const token = readFileSync(join(folder, `${person}.token`), 'utf8');
  const line = [
    '--config-file',
    here('./schemathesis.toml'),
    '--no-color',
    'run',
    join(folder, 'openapi.json'),
  ];
  const given = ['--url', url, '--header', `Authorization: ${token}`, '--checks', 'all', '--seed', '1'];
  const run = spawn(tool, [...line, ...given, '--workers', '1', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: folder,
  });
  return new Promise((resolve, reject) => {
    run.once('error', reject);
    run.once('exit', (code) => resolve(code === 0));
  });
}

const failed: string[] = [];
try {
  const tools = await pythonTools(say);
  say('starting the system');
  const url = await ready();
  for (const run of runs) {
    say(`\n=== Schemathesis as ${run.person}: ${run.args.join(' ')}`);
    const began = Date.now();
    if (!(await schemathesis(join(tools, 'schemathesis'), url, run))) failed.push(run.person);
    say(`=== ${run.person}: ${Math.round((Date.now() - began) / 1000)} s`);
  }
} finally {
  child.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
say(failed.length === 0 ? '\nThe API keeps what its document says.' : `\nFailed as: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
