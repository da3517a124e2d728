import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { writeBundle } from '../audit/bundle/write.ts';
import { keysIn } from '../audit/checkpoint/make.ts';
import { buildVerifier } from '../audit/verifier/build.ts';
import { checkpointNow } from '../client/checkpoint.ts';
import { formatVerifierKey } from '../transparency/keys.ts';
import { readRing } from '../transparency/ring.ts';
import type { System } from '../workers/system.ts';
import type { Result } from './outcomes.ts';

/** What an auditor took away of one request, and what a process that knows nothing but Node said of it. */
export type TakenAway = {
  readonly stream: string;
  /** Bytes of the bundle. */
  readonly bytes: number;
  readonly holds: boolean;
  readonly verdict: readonly string[];
  /** The same of a copy in which one bit of one event is another. */
  readonly refused: boolean;
  readonly refusal: readonly string[];
};

const NOTHING_ALTERED = 0;
const ALTERED = 3;

/** Signs the log, exports the bundle of a request, verifies it in a fresh process, and then a copy with one bit changed. */
export async function takeAway(
  { pool, temporal }: Pick<System, 'pool' | 'temporal'>,
  folder: string,
  story: Result | undefined,
  say: (line: string) => void,
): Promise<TakenAway> {
  const [first] = story?.events ?? [];
  if (!first) throw new Error('there is no story to take away');
  const { stream } = first;
  say(`signing the log; exporting the bundle of ${stream} and verifying it in a fresh process`);
  await checkpointNow(temporal, 'orgeid');
  const ring = await readRing(keysIn(folder));
  const bundle = join(folder, 'request.bundle');
  const scope = { kind: 'CASE', stream } as const;
  const lines: string[] = [];
  for await (const line of writeBundle(pool, { scope, exportedBy: 'demo', now: Date.now(), ring }))
    lines.push(line);
  await writeFile(bundle, lines.join(''));
  const verifier = join(folder, 'orgeid-verify.mjs');
  await buildVerifier(verifier);
  const trusted = formatVerifierKey(ring.keys[0] ?? ring.signer ?? fail());

  const whole = await verify(verifier, bundle, trusted);
  const bytes = await readFile(bundle);
  const altered = `${bundle}.altered`;
  await writeFile(altered, withOneBitChanged(bytes));
  const broken = await verify(verifier, altered, trusted);
  return {
    stream,
    bytes: bytes.length,
    holds: whole.code === NOTHING_ALTERED,
    verdict: whole.lines,
    refused: broken.code === ALTERED,
    refusal: broken.lines,
  };
}

/** What was taken away, for people. */
export const takenAwayText = ({ stream, bytes, verdict, refusal }: TakenAway): string =>
  [
    `${stream}: ${bytes} byte`,
    ...verdict,
    '',
    'Một bit của một sự kiện bị đổi / One bit of one event changed:',
    ...refusal,
  ].join('\n');

function withOneBitChanged(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const at = bytes.indexOf('Submitted');
  if (at < 0) throw new Error('the bundle does not tell of a submission');
  changed.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return changed;
}

/** A process of its own, without a variable of this one: no database and no network are known to it. */
async function verify(
  verifier: string,
  bundle: string,
  key: string,
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  return await new Promise((resolve) => {
    const args = [verifier, bundle, '--key', key, '--lang', 'vi'];
    execFile(process.execPath, args, { env: {}, encoding: 'utf8' }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
      resolve({ code, lines: `${stdout}${stderr}`.trimEnd().split('\n') });
    });
  });
}

function fail(): never {
  throw new Error('the log has no key');
}
