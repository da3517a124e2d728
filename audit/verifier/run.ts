import { createReadStream, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseVerifierKey, type VerifierKey } from '../../transparency/keys.ts';
import { parseTlogPolicy } from '../../transparency/tlogPolicy.ts';
import { tellBundle, tellProof } from '../bundle/tell.ts';
import { type BundleVerdict, type Trust, verifyBundle } from '../bundle/verify.ts';
import { isEventHash, type ProofVerdict, verifyProof } from './proof.ts';

/** How the verifier is told what to believe; files by their paths. */
export type VerifierOptions = {
  /** Keys of the log, as `key` lines of `orgeid audit keys` give them. */
  readonly key?: readonly string[];
  /** A C2SP tlog-policy: keys of logs, witnesses and how many of them are wanted. */
  readonly policy?: string;
  /** A signed checkpoint from before. */
  readonly earlier?: string;
  /** Hash of an event: the file is then a C2SP tlog-proof of it, and no bundle. */
  readonly event?: string;
  readonly json?: boolean;
  readonly lang?: 'vi' | 'en';
};

/** Bad input: what the reader gave cannot be used. */
export class VerifierUsage extends Error {
  override readonly name = 'VerifierUsage';
}

/**
 * Reads a bundle, or the proof of one event, from a file, or from standard input for `-`, and says what holds of it or what does not first.
 *
 * @returns exit code: 0 it holds, 3 it does not
 * @throws VerifierUsage
 */
export async function runVerifier(
  file: string,
  options: VerifierOptions,
  print: (line: string) => void,
): Promise<0 | 3> {
  const { event, json, lang = 'en' } = options;
  const trust = trustOf(options);
  const bytes = file === '-' ? process.stdin : createReadStream(file);
  const read = event === undefined ? readBundle(bytes, trust) : readProof(bytes, event, trust);
  const { verdict, lines } = await read.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error) throw new VerifierUsage(error.message);
    throw error;
  });
  if (json) print(JSON.stringify(asJson(verdict)));
  else for (const line of lines(lang)) print(line);
  return verdict.holds ? 0 : 3;
}

type Verdict = BundleVerdict | ProofVerdict;
type Read = { readonly verdict: Verdict; readonly lines: (language: 'vi' | 'en') => string[] };

async function readBundle(bytes: AsyncIterable<Uint8Array>, trust: Trust): Promise<Read> {
  const verdict = await verifyBundle(bytes, trust);
  return { verdict, lines: (language) => tellBundle(verdict, language) };
}

async function readProof(bytes: AsyncIterable<Uint8Array>, event: string, trust: Trust): Promise<Read> {
  const { keys = [], ...others } = trust;
  if (!isEventHash(event)) throw new VerifierUsage(`no hash of an event, 64 hex digits: ${event}`);
  if (keys.length === 0) throw new VerifierUsage('a proof brings no key: give --key or --policy');
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    parts.push(part);
    length += part.length;
    if (length > LONGEST_PROOF) break;
  }
  const verdict = verifyProof(Buffer.concat(parts).toString('utf8'), event, { ...others, signers: keys });
  return { verdict, lines: (language) => tellProof(verdict, language) };
}

/** No proof is longer, in bytes. */
const LONGEST_PROOF = 1_000_000;

function asJson(verdict: Verdict): object {
  const { holds } = verdict;
  if (verdict.holds) return { holds, ...verdict.report };
  const { check, code, line, position, stream, message } = verdict.fault;
  return { holds, check, code, line, position, stream, message };
}

function trustOf({ key = [], policy, earlier }: VerifierOptions): Trust {
  const named = key.map(keyOf);
  const believed = policy === undefined ? undefined : policyOf(policy);
  return {
    keys: [...named, ...(believed?.logs ?? []).map((log) => log.key)],
    witnesses: (believed?.witnesses ?? []).map((witness) => witness.key),
    ...(believed ? { enough: believed.enough } : {}),
    ...(earlier === undefined ? {} : { earlier: text(earlier) }),
  };
}

function keyOf(key: string): VerifierKey {
  const read = parseVerifierKey(key.trim());
  if (!read) throw new VerifierUsage(`no key of a log: ${key}`);
  return read;
}

function policyOf(file: string) {
  try {
    return parseTlogPolicy(text(file));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new VerifierUsage(`${file}: ${error.message}`);
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new VerifierUsage(error instanceof Error ? error.message : String(error));
  }
}

const USAGE = `node orgeid-verify.mjs BUNDLE [--key KEY]… [--policy FILE] [--earlier CHECKPOINT] [--lang vi|en] [--json]
node orgeid-verify.mjs PROOF --event HASH [--key KEY]… [--policy FILE] [--lang vi|en] [--json]

Reads a bundle of orgeid audit export, or the proof of one event (C2SP tlog-proof); needs no network, no database and nothing but Node.
- is standard input.
Exit code: 0 it holds · 3 it does not, with the first thing that does not · 2 bad input`;

/** The verifier as a program of its own. @returns its exit code */
export async function verifierMain(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true },
        policy: { type: 'string' },
        earlier: { type: 'string' },
        event: { type: 'string' },
        lang: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const { lang, help, ...options } = values;
    const [file, ...more] = positionals;
    if (help) return tell(USAGE, 0);
    if (file === undefined || more.length > 0) return tell(USAGE, 2);
    const language = lang === 'vi' ? 'vi' : 'en';
    return await runVerifier(file, { ...options, lang: language }, (line) =>
      process.stdout.write(`${line}\n`),
    );
  } catch (error) {
    if (error instanceof VerifierUsage || (error instanceof TypeError && 'code' in error))
      return tell(error.message, 2);
    throw error;
  }
}

function tell(message: string, code: 0 | 2): number {
  (code === 0 ? process.stdout : process.stderr).write(`${message}\n`);
  return code;
}
