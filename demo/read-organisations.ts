import { parse } from 'csv-parse/sync';
import { DomainError } from '../domain/error.ts';
import type { Dossier } from '../schemas/dossier.ts';
import { Channel } from '../schemas/enums.ts';
import { type Column, type CsvRow, columns, registrantIdOf } from './columns.ts';
import { dossierOfRow, type Problem } from './dossier-of-row.ts';
import { isPath, type Path } from './paths.ts';

/** An organisation of the file, ready to be filed. */
export type Entry = {
  readonly id: string;
  readonly line: number;
  readonly path: Path;
  readonly channel: Channel;
  /** Code of the unit at whose desk, or for whose area, it is filed. */
  readonly reception: string;
  readonly registrantId: string;
  readonly dossier: Dossier;
  /** The form once the registrant mended what was at fault, where the file says what. */
  readonly mended?: Dossier;
};

/** A row that was not taken. `line` counts the file's lines from 1, the header being the first. */
export type RejectedRow = {
  readonly code: 'EID_ERR_CSV_ROW';
  readonly file: string;
  readonly line: number;
  readonly problems: readonly Problem[];
};

/** Codes that rows may name, as the unit catalogue of the day has them. */
export type Catalogue = { readonly communes: ReadonlySet<string>; readonly units: ReadonlySet<string> };

export type Reading = { readonly entries: readonly Entry[]; readonly rejected: readonly RejectedRow[] };

type Line = { readonly line: number; readonly cells: readonly string[] | undefined };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes as characters of one byte each: the marks of a CSV file are the same, and every cell can be decoded alone. */
const oneByteEach = (bytes: Buffer): string => bytes.toString('latin1');

function decode(text: string): string | undefined {
  try {
    return utf8.decode(Buffer.from(text, 'latin1')).normalize('NFC').trim();
  } catch {
    return undefined;
  }
}

/**
 * Reads organisations from a CSV file in UTF-8. A row that cannot be taken is reported by line and column with
 * EID_ERR_CSV_ROW, and the others go on.
 * @throws DomainError EID_ERR_FILE when the file has no such header
 */
export function readOrganisations(bytes: Buffer, file: string, catalogue: Catalogue): Reading {
  const [header, ...rows] = lines(bytes);
  const names = header?.cells?.map((name) => decode(name) ?? '') ?? [];
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new DomainError('EID_ERR_FILE', { file, missing });
  const entries: Entry[] = [];
  const rejected: RejectedRow[] = [];
  const seen = new Set<string>();
  for (const { line, cells } of rows) {
    const made = entryOf(cells, names, line, catalogue, seen);
    if ('problems' in made) {
      rejected.push({ code: 'EID_ERR_CSV_ROW', file, line, problems: made.problems });
    } else {
      seen.add(made.id);
      entries.push(made);
    }
  }
  return { entries, rejected };
}

/** Every line is parsed alone, so that a quotation mark that is never closed costs its own row and no other. */
function lines(bytes: Buffer): Line[] {
  const text = oneByteEach(bytes).replace(/^\u00ef\u00bb\u00bf/, '');
  return text.split(/\r?\n/).flatMap((content, i) => {
    if (content.trim() === '') return [];
    return [{ line: i + 1, cells: cellsOf(content) }];
  });
}

function cellsOf(line: string): string[] | undefined {
  try {
    return (parse(line, { relax_column_count: true }) as string[][])[0];
  } catch {
    return undefined;
  }
}

function entryOf(
  record: readonly string[] | undefined,
  names: readonly string[],
  line: number,
  catalogue: Catalogue,
  seen: ReadonlySet<string>,
): Entry | { readonly problems: readonly Problem[] } {
  if (!record) return { problems: [{ column: '*', why: 'a quotation mark is not closed' }] };
  if (record.length < names.length) {
    const column = names[record.length] ?? '';
    return { problems: [{ column, why: `missing: ${record.length} of ${names.length} columns` }] };
  }
  if (record.length > names.length) {
    return {
      problems: [
        { column: `#${names.length + 1}`, why: `${record.length} cells for ${names.length} columns` },
      ],
    };
  }
  const cells = names.map((name, i) => [name, decode(record[i] ?? '')] as const);
  const undecoded = cells.filter(([, text]) => text === undefined);
  if (undecoded.length > 0) return { problems: undecoded.map(([column]) => ({ column, why: 'not UTF-8' })) };
  return take(Object.fromEntries(cells) as CsvRow, line, catalogue, seen);
}

function take(
  row: CsvRow,
  line: number,
  catalogue: Catalogue,
  seen: ReadonlySet<string>,
): Entry | { readonly problems: readonly Problem[] } {
  const made = dossierOfRow(row);
  const mended = row.supplement === '' ? undefined : dossierOfRow(supplemented(row));
  const channel = Channel.safeParse(row.channel);
  const problems: Problem[] = [...('problems' in made ? made.problems : [])];
  const wrong = (column: Column, why: string) => problems.push({ column, why });
  if (!/^[A-Z0-9][A-Z0-9-]*$/.test(row.id)) wrong('id', 'not an identifier of capitals, digits and hyphens');
  if (seen.has(row.id)) wrong('id', 'another row has it');
  if (!isPath(row.path)) wrong('path', 'no such storyline');
  if (!channel.success) wrong('channel', 'not a channel');
  if (!catalogue.units.has(row.reception)) wrong('reception', 'no such unit in the catalogue of the day');
  const communeKnown = row.commune === '' || catalogue.communes.has(row.commune);
  if (!communeKnown) wrong('commune', 'no such commune in the catalogue of the day');
  if (mended && 'problems' in mended && !('problems' in made)) wrong('supplement', 'does not mend the form');
  if (problems.length > 0 || !channel.success || !isPath(row.path) || 'problems' in made) return { problems };
  return {
    id: row.id,
    line,
    path: row.path,
    channel: channel.data,
    reception: row.reception,
    registrantId: registrantIdOf(row.id),
    dossier: made.dossier,
    ...(mended && 'dossier' in mended ? { mended: mended.dossier } : {}),
  };
}

/** The row with what its column `supplement` says in place: `column=value`, several parted by `;`. */
function supplemented(row: CsvRow): CsvRow {
  const changes = row.supplement.split(';').map((pair) => {
    const [column = '', ...value] = pair.split('=');
    return [column.trim(), value.join('=').trim()];
  });
  return { ...row, ...Object.fromEntries(changes) };
}
