import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '../domain/error.ts';

/** One record of a file: its row as a spreadsheet numbers it (the header is row 1) and its cells by column. */
export type CsvRow = {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
  /** What is wrong with the row itself, before anything is read from it. */
  readonly fault?: { readonly column: string; readonly reason: string };
};

export type CsvFile = { readonly columns: readonly string[]; readonly rows: readonly CsvRow[] };

/**
 * A UTF-8 CSV file with a header; a byte order mark, CRLF, quotes and empty lines are as they may be.
 *
 * @param needed columns that must be there
 * @throws DomainError `EID_ERR_FILE` when it cannot be read, or lacks a column, or has one twice
 */
export function readCsv(file: string, needed: readonly string[]): CsvFile {
  return parseCsv(bytesOf(file), file, needed);
}

/** As {@link readCsv}, of bytes; `file` is the name for messages. */
export function parseCsv(bytes: Buffer, file: string, needed: readonly string[]): CsvFile {
  const [header, ...records] = recordsOf(bytes);
  const columns = (header?.cells ?? []).map((name) => name.trim());
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new DomainError('EID_ERR_FILE', { file, reason: `the header lacks ${missing.join(', ')}` });
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined)
    throw new DomainError('EID_ERR_FILE', { file, reason: `the header has "${twice}" twice` });
  const rows = records.flatMap((record, at) =>
    isEmpty(record.cells) ? [] : [toRow(columns, record, at + 2)],
  );
  return { columns, rows };
}

/** CSV text of rows, RFC 4180: quoted where needed, CRLF, a header. */
export function writeCsv(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): string {
  const line = (cells: readonly unknown[]) => `${cells.map(cell).join(',')}\r\n`;
  return [line(columns), ...rows.map((row) => line(columns.map((name) => row[name])))].join('');
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'cannot be read';
    throw new DomainError('EID_ERR_FILE', { file, reason });
  }
}

/** Cells of a record, and where it is broken off, if it is. */
type Parsed = { readonly cells: readonly string[]; readonly broken?: number };

const dialect = { relax_column_count: true, relax_quotes: true } as const;

function recordsOf(bytes: Buffer): Parsed[] {
  try {
    return parse(bytes, { ...dialect, bom: true }).map((cells) => ({ cells }));
  } catch (error) {
    if (error instanceof CsvError) return lineByLine(bytes);
    throw error;
  }
}

/** A quote that is never closed would swallow every row after it: then each line is a record of its own. */
function lineByLine(bytes: Buffer): Parsed[] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  return lines.map((line) => {
    try {
      return { cells: parse(line, dialect)[0] ?? [''] };
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return { cells: line.split(','), broken: Number(error.column) || 0 };
    }
  });
}

function toRow(columns: readonly string[], record: Parsed, row: number): CsvRow {
  const cells = Object.fromEntries(columns.map((name, at) => [name, record.cells[at] ?? '']));
  const fault = faultOf(columns, record);
  return fault ? { row, cells, fault } : { row, cells };
}

function faultOf(columns: readonly string[], { cells: record, broken }: Parsed): CsvRow['fault'] {
  if (broken !== undefined) return { column: columns[broken] ?? '', reason: 'a quote is never closed' };
  const foreign = record.findIndex((value) => value.includes('\uFFFD'));
  if (foreign !== -1) return { column: columns[foreign] ?? '', reason: 'is not UTF-8' };
  if (record.length === columns.length) return undefined;
  const column = columns[Math.min(record.length, columns.length - 1)] ?? '';
  return { column, reason: `the row has ${record.length} cells, the header ${columns.length}` };
}

const isEmpty = (record: readonly string[]) => record.length === 1 && record[0] === '';

function cell(value: unknown): string {
  const text = String(value ?? '');
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
