import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { accountsAt } from '../../audit/replay/accounts.ts';
import { cutAt } from '../../audit/replay/cut.ts';
import { ndjson } from '../../audit/replay/ndjson.ts';
import { DomainError } from '../../domain/error.ts';
import type { AccountAtMoment } from '../../schemas/audit.ts';
import { writeCsv } from '../csv.ts';
import type { AuditorOptions } from './auditor.ts';
import { asAuditor } from './database.ts';
import { type MomentOptions, momentOfOptions } from './moments.ts';
import { recordedRead } from './recorded.ts';

const LONGEST_STATEMENT_MS = 600_000;

type Options = AuditorOptions & Omit<MomentOptions, 'version'> & { readonly format: 'ndjson' | 'csv' };

/**
 * Writes all accounts as they were, one a line; a reader that has seen enough may close the pipe.
 * @throws DomainError EID_ERR_USAGE, EID_ERR_SHAPE, EID_ERR_MOMENT
 */
export async function runAccounts({ format, at, position, ...options }: Options): Promise<void> {
  const said = { ...(at === undefined ? {} : { at }), ...(position === undefined ? {} : { position }) };
  await asAuditor(
    async (db) => {
      const asked = { question: { part: 'accounts', ...said } };
      const cut = await recordedRead(db, options, asked, 'AUDIT', async () => {
        const moment = momentOfOptions(said);
        if (moment && 'version' in moment)
          throw new DomainError('EID_ERR_USAGE', { reason: 'no version here' });
        return await cutAt(db, moment);
      });
      const lines = format === 'csv' ? csvOf(accountsAt(db, cut)) : ndjson(accountsAt(db, cut));
      await written(lines);
    },
    { statementTimeoutMs: LONGEST_STATEMENT_MS },
  );
}

const columns = [
  'account',
  'number',
  'organisation',
  'category',
  'enterpriseCode',
  'taxCode',
  'status',
  'openedAt',
  'activatedAt',
  'lockedAt',
  'locks',
  'version',
  'position',
] as const;

async function* csvOf(accounts: AsyncIterable<AccountAtMoment>): AsyncGenerator<string> {
  yield writeCsv(columns, []);
  const header = writeCsv(columns, []).length;
  for await (const { locks, ...account } of accounts) {
    const row = {
      ...account,
      locks: locks.map(({ code, authority }) => `${code} (${authority})`).join('; '),
    };
    yield writeCsv(columns, [row]).slice(header);
  }
}

/** Waits for whoever reads; that they stopped reading is no failure. */
async function written(lines: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(lines), process.stdout, { end: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
    throw error;
  }
}
