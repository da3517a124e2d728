import { readFileSync } from 'node:fs';
import process from 'node:process';
import { z } from 'zod';
import { DomainError } from '../../domain/error.ts';
import { readKeySet } from '../../proof/keySet.ts';
import { verifyProof } from '../../proof/verify.ts';
import type { ProofKeySet } from '../../schemas/proof.ts';
import { print, printJson } from '../output.ts';
import { readScan } from './scan.ts';
import { seconds } from './seconds.ts';
import { verdictJson, verdictText } from './verdict.ts';

/** Options of `orgeid proof verify` as the command line gives them. */
export type VerifyCommandOptions = {
  readonly jwks: string;
  readonly at?: string;
  readonly tolerance: string;
  readonly json?: boolean;
};

const Moment = z.iso.datetime({ offset: true });

/**
 * Checks one proof and prints what a desk needs to know. It loads nothing of the system but the rules of proofs.
 *
 * @returns exit code: 0 accepted, 1 refused
 * @throws DomainError EID_ERR_FILE, EID_ERR_USAGE
 */
export async function runVerify(token: string | undefined, options: VerifyCommandOptions): Promise<0 | 1> {
  const clockToleranceMs = seconds('tolerance', options.tolerance);
  const at = momentOf(options.at);
  const keySet = keySetOf(options.jwks);
  const scanned = (token ?? (await readScan(process.stdin))).trim();
  if (scanned === '') throw new DomainError('EID_ERR_USAGE', { reason: 'nothing was scanned' });
  const verdict = await verifyProof(scanned, keySet, { now: at ?? Date.now(), clockToleranceMs });
  if (options.json) printJson(verdictJson(verdict));
  else print(verdictText(verdict));
  return verdict.accepted ? 0 : 1;
}

function momentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (Moment.safeParse(text).success) return Date.parse(text);
  throw new DomainError('EID_ERR_USAGE', { reason: '--at is a moment such as 2025-04-15T08:00:00+07:00' });
}

function keySetOf(file: string): ProofKeySet {
  return readKeySet(parsed(file), file);
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason =
      error instanceof SyntaxError ? 'is not JSON' : String(error instanceof Error ? error.message : error);
    throw new DomainError('EID_ERR_FILE', { file, reason });
  }
}
