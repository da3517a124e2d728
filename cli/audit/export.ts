import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { begun } from '../../audit/bundle/begun.ts';
import type { BundleScope } from '../../audit/bundle/format.ts';
import { writeBundle } from '../../audit/bundle/write.ts';
import { DomainError } from '../../domain/error.ts';
import { fileError, hasCode } from '../../files/whole.ts';
import type { AuditorOptions } from './auditor.ts';
import { asAuditor } from './database.ts';
import { type FolderOptions, logKeys } from './folder.ts';
import { recordedRead } from './recorded.ts';

export type ExportOptions = AuditorOptions &
  FolderOptions & {
    readonly case?: string;
    readonly unit?: string;
    readonly from?: string;
    readonly to?: string;
    readonly all?: boolean;
    readonly out?: string;
    readonly since?: readonly string[];
  };

const LONGEST_STATEMENT_MS = 600_000;

/**
 * Writes a bundle into a file, which appears when it is whole, or to standard output.
 *
 * @throws DomainError EID_ERR_USAGE, EID_ERR_FILE; as writeBundle
 */
export async function runExport(options: ExportOptions): Promise<void> {
  const scope = scopeOf(options);
  const ring = await logKeys(options);
  const since = await Promise.all((options.since ?? []).map(readNote));
  await asAuditor(
    async (pool) => {
      const { stream } = scope.kind === 'CASE' ? scope : {};
      const { kind, ...question } = scope;
      const asked = { ...(stream === undefined ? {} : { stream }), question: { scope: kind, ...question } };
      const text = await recordedRead(pool, options, asked, 'EXPORT', ({ actor }) =>
        begun(writeBundle(pool, { scope, exportedBy: actor.name, now: Date.now(), ring, since })),
      );
      await write(options.out, text);
    },
    { statementTimeoutMs: LONGEST_STATEMENT_MS },
  );
}

async function write(out: string | undefined, text: AsyncIterable<string>): Promise<void> {
  if (out === undefined) {
    await pipeline(Readable.from(text), process.stdout, { end: false }).catch((error: unknown) => {
      if (!hasCode(error, 'EPIPE')) throw error;
    });
    return;
  }
  const draft = `${out}.part`;
  try {
    await pipeline(Readable.from(text), createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, out);
  } catch (error) {
    await rm(draft, { force: true });
    throw error instanceof DomainError || !hasCode(error, 'ENOENT') ? error : fileError(out, error);
  }
}

async function readNote(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileError(file, error);
  });
}

/** @throws DomainError EID_ERR_USAGE unless it is exactly one scope */
export function scopeOf({ case: stream, unit, from, to, all }: ExportOptions): BundleScope {
  const period = from !== undefined || to !== undefined;
  if ([stream !== undefined, unit !== undefined, period, all === true].filter(Boolean).length !== 1)
    throw usage('one of --case, --unit, --from with --to, or --all');
  if (stream !== undefined) return { kind: 'CASE', stream };
  if (unit !== undefined) return { kind: 'UNIT', unit };
  if (!period) return { kind: 'ALL' };
  return { kind: 'PERIOD', from: instant(from), to: instant(to) };
}

function instant(text: string | undefined): string {
  const at = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text ?? '')
    ? Date.parse(text ?? '')
    : Number.NaN;
  if (Number.isNaN(at)) throw usage(`--from and --to are instants with a zone, or days in UTC: ${text}`);
  return new Date(at).toISOString();
}

const usage = (reason: string) => new DomainError('EID_ERR_USAGE', { reason });
