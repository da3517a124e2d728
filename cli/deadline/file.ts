import type { WorkingCalendar } from '../../schemas/calendar.ts';
import { type CsvRow, readCsv, writeCsv } from '../csv.ts';
import type { OutputLanguage } from '../output.ts';
import { badRow, type RowError } from '../row-error.ts';
import { answer } from './answer.ts';

const needed = ['id', 'received_at', 'limit', 'unit'] as const;
const added = ['due_on', 'why'] as const;

export type DeadlineFile = {
  /** Every row of the file in its order, with `due_on` and `why`. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly errors: readonly RowError[];
  /** The rows as CSV text. */
  readonly csv: () => string;
};

/**
 * Answers every row of a file. A bad row has an empty `due_on`, its error in `why`, and does not stop the others.
 *
 * @throws DomainError `EID_ERR_FILE` when the file cannot be read or lacks a column
 */
export function deadlineFile(
  file: string,
  calendar: WorkingCalendar,
  language: OutputLanguage,
): DeadlineFile {
  const { columns, rows } = readCsv(file, needed);
  const errors: RowError[] = [];
  const answered = rows.map((row) => {
    const found = ofRow(row, calendar, language);
    if ('code' in found) {
      errors.push(found);
      return { ...row.cells, due_on: '', why: found.message };
    }
    return { ...row.cells, ...found };
  });
  const kept = columns.filter((name) => !added.some((own) => own === name));
  return { rows: answered, errors, csv: () => writeCsv([...kept, ...added], answered) };
}

function ofRow({ row, cells, fault }: CsvRow, calendar: WorkingCalendar, language: OutputLanguage) {
  const { id = '', received_at = '', limit = '', unit = '' } = cells;
  if (fault) return badRow(row, fault.column, id, fault.reason);
  if (id.trim() === '') return badRow(row, 'id', id, 'is empty');
  const found = answer(calendar, { received_at, limit, unit }, language);
  if (!found.ok) return badRow(row, found.column, id, found.reason);
  return { due_on: found.due_on, why: found.sentences.join(' ') };
}
