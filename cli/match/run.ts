import process from 'node:process';
import { loadMatchingPolicy } from '../../policies/matching/load.ts';
import { type OutputLanguage, printJson } from '../output.ts';
import { matchFile } from './file.ts';

/** Options of `orgeid match` as the command line gives them. */
export type MatchOptions = { readonly csv: string; readonly json?: boolean; readonly lang: OutputLanguage };

/**
 * Prints every row of a file with its band, score and reason. Bad rows make the exit code 1.
 *
 * @throws DomainError `EID_ERR_FILE`, `EID_ERR_POLICY_INVALID`
 */
export async function runMatch({ csv, json, lang }: MatchOptions): Promise<void> {
  const file = matchFile(csv, await loadMatchingPolicy(), lang);
  if (json) printJson({ rows: file.rows, errors: file.errors });
  else {
    process.stdout.write(file.csv());
    for (const { message } of file.errors) process.stderr.write(`${message}\n`);
  }
  if (file.errors.length > 0) process.exitCode = 1;
}
