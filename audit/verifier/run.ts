import { createReadStream, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseVerifierKey, type VerifierKey } from '../../transparency/keys.ts';
import { parseTlogPolicy } from '../../transparency/tlogPolicy.ts';
import { tellBundle } from '../bundle/tell.ts';
import { type Trust, verifyBundle } from '../bundle/verify.ts';

/** How the verifier is told what to believe; files by their paths. */
export type VerifierOptions = {
  /** Keys of the log, as `key` lines of `orgeid audit keys` give them. */
  readonly key?: readonly string[];
  /** A C2SP tlog-policy: keys of logs, witnesses and how many of them are wanted. */
  readonly policy?: string;
  /** A signed checkpoint from before. */
  readonly earlier?: string;
  readonly json?: boolean;
  readonly lang?: 'vi' | 'en';
};

/** Bad input: what the reader gave cannot be used. */
export class VerifierUsage extends Error {
  override readonly name = 'VerifierUsage';
}

/**
 * Reads a bundle from a file, or from standard input for `-`, and says what holds of it or what does not first.
 *
 * @returns exit code: 0 it holds, 3 it does not
 * @throws VerifierUsage
 */
export async function runVerifier(
  file: string,
  options: VerifierOptions,
  print: (line: string) => void,
): Promise<0 | 3> {
  const trust = trustOf(options);
  const bytes = file === '-' ? process.stdin : createReadStream(file);
  const verdict = await verifyBundle(bytes, trust).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error) throw new VerifierUsage(error.message);
    throw error;
  });
  if (options.json) {
    const { holds } = verdict;
    const { check, code, line, position, stream, message } = verdict.holds ? ({} as never) : verdict.fault;
    print(
      JSON.stringify(
        verdict.holds
          ? { holds, ...verdict.report }
          : { holds, check, code, line, position, stream, message },
      ),
    );
  } else for (const line of tellBundle(verdict, options.lang ?? 'en')) print(line);
  return verdict.holds ? 0 : 3;
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

Reads a bundle of orgeid audit export; needs no network, no database and nothing but Node. BUNDLE - is standard input.
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
