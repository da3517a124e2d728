import { verifyDatabase } from '../../audit/evidence/verifyDatabase.ts';
import { runVerifier, type VerifierOptions, VerifierUsage } from '../../audit/verifier/run.ts';
import { DomainError } from '../../domain/error.ts';
import { type OutputLanguage, print, printJson } from '../output.ts';
import type { AuditorOptions } from './auditor.ts';
import { asAuditor } from './database.ts';
import { type FolderOptions, keysOf, logKeys } from './folder.ts';
import { recordedRead } from './recorded.ts';
import { tellDatabase } from './tellDatabase.ts';

export type VerifyOptions = VerifierOptions &
  AuditorOptions &
  FolderOptions & { readonly database?: boolean; readonly lang: OutputLanguage };

const LONGEST_STATEMENT_MS = 600_000;

/**
 * Checks a bundle, which needs neither database nor network, or with `--database` the log itself and every checkpoint of it.
 *
 * @returns exit code: 0 it holds, 3 it does not
 * @throws DomainError EID_ERR_USAGE, EID_ERR_FILE
 */
export async function runVerify(bundle: string | undefined, options: VerifyOptions): Promise<0 | 3> {
  if ((bundle === undefined) === (options.database !== true))
    throw new DomainError('EID_ERR_USAGE', { reason: 'a BUNDLE, or --database' });
  if (bundle !== undefined)
    return await runVerifier(bundle, options, print).catch((error: unknown) => {
      throw error instanceof VerifierUsage
        ? new DomainError('EID_ERR_USAGE', { reason: error.message })
        : error;
    });
  const ring = await logKeys(options);
  return await asAuditor(
    async (pool) => {
      const verdict = await recordedRead(pool, options, { question: { what: 'verify' } }, 'AUDIT', () =>
        verifyDatabase(pool, keysOf(ring), ring.checkpoints),
      );
      if (options.json) printJson(verdict);
      else print(tellDatabase(verdict, options.lang).join('\n'));
      return verdict.whole ? 0 : 3;
    },
    { statementTimeoutMs: LONGEST_STATEMENT_MS },
  );
}
