import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadMatchingPolicy } from '../../policies/matching/load.ts';
import { matchCommand } from '../commands/match.ts';
import { matchFile } from './file.ts';

const policy = await loadMatchingPolicy();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'orgeid-match-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (text: string) => {
  const path = join(folder, 'pairs.csv');
  writeFileSync(path, text);
  return path;
};

const pairs = `id,field,declared,registry,note
1,name_vi,"CTY TNHH TM & DV Minh Hưng","Công ty TNHH Thương mại và Dịch vụ Minh Hưng",a
2,name_vi,Công ty TNHH Minh Hưng,Công ty TNHH Minh Hùng,b
3,tax_code,0102345678,0102345679,c
4,colour,red,blue,d
5,name_en,ABC,,e
,name_vi,x,y,f
7,representative_id,033085012345,033085067890,g
8,name_vi,too few
9,established_on,2020-05-03,03/05/2020,h
`;

it('adds band, score and reason to every row, and goes on past bad ones', () => {
  const { rows, errors, csv } = matchFile(file(pairs), policy, 'vi');
  expect(rows.map(({ id, band, score }) => [id, band, score])).toEqual([
    ['1', 'same', 1],
    ['2', 'person', expect.any(Number)],
    ['3', 'different', 0],
    ['4', '', ''],
    ['5', 'person', 0],
    ['', '', ''],
    ['7', 'different', 0],
    ['8', '', ''],
    ['9', 'same', 1],
  ]);
  expect(rows[1]?.why).toBe('chỉ khác dấu: “hưng” ↔ “hùng”');
  expect(errors.map(({ row, column }) => [row, column])).toEqual([
    [5, 'field'],
    [7, 'id'],
    [9, 'registry'],
  ]);
  const table: Record<string, string>[] = parse(csv(), { columns: true });
  expect(Object.keys(table[0] ?? {})).toEqual([
    'id',
    'field',
    'declared',
    'registry',
    'note',
    'band',
    'score',
    'why',
  ]);
  expect(table).toHaveLength(9);
});

it('prints no personal number', () => {
  expect(matchFile(file(pairs), policy, 'en').csv()).not.toMatch(/033085/);
});

it('refuses a file without the columns', () => {
  expect(() => matchFile(file('id,field\n1,name_vi\n'), policy, 'en')).toThrow('EID_ERR_FILE');
});

it('describes itself to the command line', () => {
  const command = matchCommand();
  expect(command.name()).toBe('match');
  expect(command.options.map(({ long }) => long)).toEqual(['--csv', '--json', '--lang']);
});
