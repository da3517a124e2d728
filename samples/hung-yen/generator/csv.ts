import { columns } from '../../../demo/columns.ts';
import type { Row } from './draft.ts';

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const csvLine = (row: Row): string => columns.map((column) => cell(row[column])).join(',');

export const csvFile = (rows: readonly Row[]): string =>
  `${[columns.join(','), ...rows.map(csvLine)].join('\n')}\n`;
