import { compareField } from '../../domain/matching/compare-field.ts';
import type { MatchingPolicy } from '../../schemas/matching.ts';
import { RecordField } from '../../schemas/registry.ts';
import { type CsvRow, readCsv, writeCsv } from '../csv.ts';
import type { OutputLanguage } from '../output.ts';
import { badRow, type RowError } from '../row-error.ts';

const needed = ['id', 'field', 'declared', 'registry'] as const;
const added = ['band', 'score', 'why'] as const;

export type MatchFile = {
  /** Every row of the file in its order, with `band`, `score` (0 to 1) and `why`. */
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  readonly errors: readonly RowError[];
  /** The rows as CSV text. */
  readonly csv: () => string;
};

/**
 * Compares the values of every row. A bad row has an empty `band`, its error in `why`, and does not stop the others.
 *
 * @throws DomainError `EID_ERR_FILE` when the file cannot be read or lacks a column
 */
export function matchFile(file: string, policy: MatchingPolicy, language: OutputLanguage): MatchFile {
  const { columns, rows } = readCsv(file, needed);
  const errors: RowError[] = [];
  const answered = rows.map((row) => {
    const found = ofRow(row, policy, language);
    if (!('code' in found)) return { ...row.cells, ...found };
    errors.push(found);
    return { ...row.cells, ...hidden(row), band: '', score: '', why: found.message };
  });
  const kept = columns.filter((name) => !added.some((own) => own === name));
  return { rows: answered, errors, csv: () => writeCsv([...kept, ...added], answered) };
}

const longest = 1000;

function ofRow({ row, cells, fault }: CsvRow, policy: MatchingPolicy, language: OutputLanguage) {
  const { id = '', field = '', declared = '', registry = '' } = cells;
  if (fault) return badRow(row, fault.column, id, fault.reason);
  if (id.trim() === '') return badRow(row, 'id', id, 'is empty');
  const known = RecordField.safeParse(field.trim());
  if (!known.success) {
    return badRow(row, 'field', id, `${JSON.stringify(field)} is none of ${RecordField.options.join(', ')}`);
  }
  const long = Object.entries({ declared, registry }).find(([, value]) => value.length > longest);
  if (long) return badRow(row, long[0], id, `is longer than ${longest} characters`);
  const { band, score, why, ...values } = compareField(policy, known.data, declared, registry);
  const shown = { declared: values.declared ?? '', registry: values.registry ?? '' };
  return { ...shown, band, score, why: why[language] };
}

/** A row that cannot be read may still hold a personal number. */
const hidden = ({ cells }: CsvRow) =>
  cells.field?.trim() === 'representative_id' ? { declared: '•', registry: '•' } : {};
