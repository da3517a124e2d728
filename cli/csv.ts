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
 * @throws DomainError `EID_ERR_FILE` when it cannot be read, lacks a column or is no CSV
 */
export function readCsv(file: string, needed: readonly string[]): CsvFile {
  return parseCsv(bytesOf(file), file, needed);
}

/** As {@link readCsv}, of bytes; `file` is the name for messages. */
export function parseCsv(bytes: Buffer, file: string, needed: readonly string[]): CsvFile {
  const [header = [], ...records] = recordsOf(bytes, file);
  const columns = header.map((name) => name.trim());
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new DomainError('EID_ERR_FILE', { file, reason: `the header lacks ${missing.join(', ')}` });
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined)
    throw new DomainError('EID_ERR_FILE', { file, reason: `the header has "${twice}" twice` });
  const rows = records.flatMap((record, at) => (isEmpty(record) ? [] : [toRow(columns, record, at + 2)]));
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

function recordsOf(bytes: Buffer, file: string): string[][] {
  try {
    return parse(bytes, { bom: true, relax_column_count: true, relax_quotes: true });
  } catch (error) {
    if (error instanceof CsvError) throw new DomainError('EID_ERR_FILE', { file, reason: error.message });
    throw error;
  }
}

function toRow(columns: readonly string[], record: readonly string[], row: number): CsvRow {
  const cells = Object.fromEntries(columns.map((name, at) => [name, record[at] ?? '']));
  const fault = faultOf(columns, record);
  return fault ? { row, cells, fault } : { row, cells };
}

function faultOf(columns: readonly string[], record: readonly string[]): CsvRow['fault'] {
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
