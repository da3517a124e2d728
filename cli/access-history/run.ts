import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DomainError } from '../../domain/error.ts';
import { loadPolicy } from '../../policies/load.ts';
import { pin } from '../../policies/pin.ts';
import type { AccessHead } from '../../store/access-history/chains.ts';
import { pruneAccessHistory } from '../../store/access-history/prune.ts';
import { verifyAccessHistory } from '../../store/access-history/verify.ts';
import { getPolicy } from '../../store/policy.ts';
import { withDatabase } from '../database.ts';
import { print, printJson } from '../output.ts';

/** What a check of the history may take: it reads all of it. */
const LONGEST_MS = 3_600_000;

const patiently = { statementTimeoutMs: LONGEST_MS };

const Noted = z.object({
  heads: z.array(z.object({ writer: z.string(), seq: z.number().int(), hash: z.string() })),
});

/** @throws DomainError EID_ERR_FILE */
function readNoted(file: string): AccessHead[] {
  try {
    return Noted.parse(JSON.parse(readFileSync(file, 'utf8'))).heads;
  } catch (error) {
    throw new DomainError('EID_ERR_FILE', {
      file,
      why: error instanceof Error ? error.message : String(error),
    });
  }
}

/**
 * Checks the whole history and prints the verdict.
 * @returns exit code: 0 whole, 3 not
 * @throws DomainError EID_ERR_USAGE, EID_ERR_FILE
 */
export async function runVerify({
  noted,
  json,
}: {
  readonly noted?: string;
  readonly json?: boolean;
}): Promise<0 | 3> {
  const heads = noted === undefined ? [] : readNoted(noted);
  const verdict = await withDatabase((pool) => verifyAccessHistory(pool, { noted: heads }), {
    ...patiently,
    as: 'auditor',
  });
  if (json) printJson(verdict);
  else {
    const { whole, entries, found, faults } = verdict;
    for (const { kind, ...where } of faults) print(`${kind}  ${JSON.stringify(where)}`);
    print(whole ? `Whole: ${entries} entries.` : `Not whole: ${found} faults in ${entries} entries.`);
  }
  return verdict.whole ? 0 : 3;
}

/**
 * Removes whole months that lie before an instant and that the policy need not keep.
 * @throws DomainError EID_ERR_USAGE; EID_ERR_SHAPE when the policy keeps them; EID_ERR_LOG_BROKEN
 */
export async function runPrune({
  before,
  json,
}: {
  readonly before: string;
  readonly json?: boolean;
}): Promise<void> {
  const version = process.env.ORGEID_POLICY_VERSION;
  const parts = await withDatabase(
    async (pool) => {
      const policy = version ? await getPolicy(pool, version) : await loadPolicy();
      return await pruneAccessHistory(pool, { before, kept: pin(policy).accessHistoryKept, now: Date.now() });
    },
    { ...patiently, as: 'migrator' },
  );
  if (json) printJson({ parts });
  else if (parts.length === 0) print('Nothing to remove.');
  for (const { part, entries } of json ? [] : parts) print(`${part}  ${entries} entries removed`);
}
