import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { DomainError } from '../../domain/error.ts';
import { loadPolicy } from '../../policies/load.ts';
import { createProofDesk } from '../../proof/desk.ts';
import { AccountState } from '../../schemas/account.ts';
import { openPool, type Queryable } from '../../store/pool.ts';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { print, printJson } from '../output.ts';

/** Options of `orgeid proof show` as the command line gives them. */
export type ShowOptions = {
  readonly number: string;
  readonly holder: string;
  readonly keys: string;
  readonly svg?: string;
  readonly json?: boolean;
};

/**
 * Issues the proof of an account and draws it.
 *
 * @throws DomainError EID_ERR_CASE_UNKNOWN, EID_ERR_FORBIDDEN, EID_ERR_FILE, EID_ERR_USAGE
 */
export async function runShow({ number, holder, keys, svg, json }: ShowOptions): Promise<void> {
  const url = process.env.ORGEID_POSTGRES_URL;
  if (!url) throw new DomainError('EID_ERR_USAGE', { reason: 'ORGEID_POSTGRES_URL is not set' });
  const db = openPool(url, { max: 1 });
  try {
    const account = await readAccount(db, number);
    const policy = { proofLifetimeMs: (await loadPolicy()).parameters.proofLifetimeMs.value };
    const desk = await createProofDesk({ keysDir: keys });
    const { token, claims, qr } = await desk.issue({ ...account, actor: { id: holder }, policy });
    if (svg !== undefined) write(svg, qr.svg);
    if (json) printJson({ token, claims, qrVersion: qr.version, ...(svg === undefined ? {} : { svg }) });
    else print(svg === undefined ? `${drawn(qr.text)}\n${token}` : svg);
  } finally {
    await db.end();
  }
}

/** The account and the log position of its last event, of one and the same version. */
async function readAccount(db: Queryable, number: string) {
  const stream = `account-${number}`;
  const row = await readCase(db, stream);
  if (!row) throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  const [last] = await readStream(db, stream, row.version - 1);
  if (!last) throw new DomainError('EID_ERR_LOG_BROKEN', { stream, version: row.version });
  return { state: AccountState.parse(row.state), position: last.position };
}

/** A proof is good for whoever shows it: the drawing is its holder's alone. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new DomainError('EID_ERR_FILE', {
      file,
      reason: error instanceof Error ? error.message : 'unwritable',
    });
  }
}

/** Bright letters on black, whatever colours the terminal has. */
const drawn = (text: string): string =>
  process.stdout.isTTY ? text.replace(/^.*$/gm, (line) => `\u001b[97;40m${line}\u001b[0m`) : text;
