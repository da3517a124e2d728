import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { parseCsv, writeCsv } from './csv.ts';

const parse = (text: string, needed = ['id']) => parseCsv(Buffer.from(text), 'some.csv', needed);

describe('parseCsv', () => {
  it('takes a byte order mark, CRLF, quotes, commas and line breaks within a cell', () => {
    const { columns, rows } = parse('\uFEFFid,name\r\n1,"Công ty ""A"", B"\r\n2,"hai\r\ndòng"\r\n');
    expect(columns).toEqual(['id', 'name']);
    expect(rows).toEqual([
      { row: 2, cells: { id: '1', name: 'Công ty "A", B' } },
      { row: 3, cells: { id: '2', name: 'hai\r\ndòng' } },
    ]);
  });

  it('numbers rows as a spreadsheet does, empty lines included', () => {
    expect(parse('id\n1\n\n2\n').rows.map((row) => row.row)).toEqual([2, 4]);
  });

  it('marks a row with too few or too many cells, and keeps the others', () => {
    const { rows } = parse('id,b,c\n1,2\n1,2,3\n1,2,3,4\n');
    expect(rows.map((row) => row.fault?.column)).toEqual(['c', undefined, 'c']);
  });

  it('marks a cell that is not UTF-8 by its column', () => {
    const bytes = Buffer.concat([
      Buffer.from('id,name\n1,'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('\n2,b\n'),
    ]);
    const { rows } = parseCsv(bytes, 'some.csv', ['id']);
    expect(rows.map((row) => row.fault)).toEqual([{ column: 'name', reason: 'is not UTF-8' }, undefined]);
  });

  it('marks a row that never closes a quote, and keeps the rows after it', () => {
    const { rows } = parse('id,b\r\n1,x\r\n2,"y\r\n3,z\r\n');
    expect(rows.map((row) => [row.row, row.cells.id, row.fault])).toEqual([
      [2, '1', undefined],
      [3, '2', { column: 'b', reason: 'a quote is never closed' }],
      [4, '3', undefined],
    ]);
  });

  it('takes a stray quote within a cell as it stands', () => {
    expect(parse('id,b\n1,Công ty "A"\n').rows).toEqual([{ row: 2, cells: { id: '1', b: 'Công ty "A"' } }]);
  });

  it.each([
    ['lacks a column', 'identifier\n1\n'],
    ['is empty', ''],
    ['names a column twice', 'id,id\n1,2\n'],
  ])('refuses a file that %s', (_, text) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        code: 'EID_ERR_FILE',
        details: expect.objectContaining({ file: 'some.csv' }),
      }),
    );
  });
});

describe('writeCsv', () => {
  test.prop([fc.array(fc.record({ id: fc.string({ minLength: 1 }), why: fc.string({ unit: 'grapheme' }) }))])(
    'writes what parseCsv reads back, whatever the cells hold',
    (rows) => {
      const read = parse(writeCsv(['id', 'why'], rows));
      expect(read.rows.map((row) => row.cells)).toEqual(rows);
    },
  );
});
