import { expect, it } from 'vitest';
import { type Column, columns } from './columns.ts';
import { readOrganisations } from './read-organisations.ts';

const catalogue = { communes: new Set(['XA-1']), units: new Set(['CAX-1']) };

const good: Record<Column, string> = {
  ...(Object.fromEntries(columns.map((column) => [column, ''])) as Record<Column, string>),
  id: 'T-1',
  path: 'direct match',
  channel: 'VNEID_APP',
  reception: 'CAX-1',
  category: 'ENTERPRISE',
  name_vi: 'Công ty TNHH Thử Nghiệm',
  established_on: '2020-05-06',
  address: 'Số 1',
  commune: 'XA-1',
  code: '0000000001',
  tax_code: '0000000001',
  representative_name: 'Nguyễn Văn Thử',
  representative_number: '000000000001',
  representative_nationality: 'VN',
  registrant_kind: 'LEGAL_REPRESENTATIVE',
  registrant_name: 'Nguyễn Văn Thử',
  registrant_number: '000000000001',
  registrant_nationality: 'VN',
  account_level: '2',
  established_in_vietnam: 'true',
  undertaking: 'true',
  state_secret: 'false',
};

const cells = (changes: Partial<Record<Column, string>>): string[] =>
  columns.map((column) => ({ ...good, ...changes })[column]);
const read = (...rows: (string | Buffer)[]) => {
  const lines = [Buffer.from(columns.join(',')), ...rows.map((row) => Buffer.from(row))];
  return readOrganisations(
    Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])),
    'test.csv',
    catalogue,
  );
};
const row = (changes: Partial<Record<Column, string>> = {}): string => cells(changes).join(',');
const columnsAtFault = (text: string | Buffer): string[] =>
  read(text).rejected.flatMap(({ problems }) => problems.map(({ column }) => column));

it('a good row becomes a form TK02 with its registrant', () => {
  const { entries, rejected } = read(row());
  expect(rejected).toEqual([]);
  expect(entries).toMatchObject([{ id: 'T-1', line: 2, registrantId: 'vneid-t-1', reception: 'CAX-1' }]);
  expect(entries[0]?.dossier.organisation).toMatchObject({ code: '0000000001', facets: [] });
  expect(entries[0]?.dossier.organisation).not.toHaveProperty('nameAbbr');
});

it('other legal representatives, facets and lines of business are lists within a cell', () => {
  const others = 'a-1|Trần Thị Hai|000000000002|VN; a-2|LEE BA|P1|KR';
  const { entries } = read(
    row({ other_representatives: others, facets: 'SCHOOL|STATE_AGENCY', business_lines: 'May|In' }),
  );
  expect(entries[0]?.dossier.otherRepresentatives).toEqual([
    { id: 'a-1', name: 'Trần Thị Hai', number: '000000000002', nationality: 'VN' },
    { id: 'a-2', name: 'LEE BA', number: 'P1', nationality: 'KR' },
  ]);
  expect(entries[0]?.dossier.organisation).toMatchObject({
    facets: ['SCHOOL', 'STATE_AGENCY'],
    businessLines: ['May', 'In'],
  });
});

it('the column supplement says how the registrant mends the form', () => {
  const { entries } = read(row({ established_on: '', supplement: 'established_on=2021-01-02;name_abbr=TN' }));
  expect(entries[0]?.dossier.organisation).not.toHaveProperty('establishedOn');
  expect(entries[0]?.mended?.organisation).toMatchObject({ establishedOn: '2021-01-02', nameAbbr: 'TN' });
});

it.each([
  ['a date that no calendar has', row({ established_on: '2021-02-30' }), ['established_on']],
  ['a date in words', row({ established_on: 'tháng 5 năm 2019' }), ['established_on']],
  ['an enterprise code of nine digits', row({ code: '000000001' }), ['code']],
  ['a branch code of 000', row({ tax_code: '0000000001-000' }), ['tax_code']],
  ['a category that VNeID does not offer', row({ category: 'CONG_TY' }), ['category']],
  ['a commune that the catalogue lacks', row({ commune: 'XA-9' }), ['commune']],
  ['a reception unit that the catalogue lacks', row({ reception: 'CAX-9' }), ['reception']],
  ['a storyline that is none', row({ path: 'surprise' }), ['path']],
  ['a channel that is none', row({ channel: 'POST' }), ['channel']],
  ['a truth value in words', row({ undertaking: 'có' }), ['undertaking']],
  ['a level of account that is none', row({ account_level: '3' }), ['account_level']],
  ['a person without a number', row({ representative_number: '' }), ['representative_number']],
  ['too few cells', cells({}).slice(0, 14).join(','), ['electronic_code']],
  ['too many cells', `${row()},x`, ['#35']],
  ['a quotation mark that is not closed', row({ address: '"Số 1' }), ['*']],
  ['a supplement that mends nothing', row({ supplement: 'established_on=hôm qua' }), ['supplement']],
])('%s is reported by line and column', (_what, text, wanted) => {
  expect(columnsAtFault(text)).toEqual(wanted);
  expect(read(text).rejected[0]).toMatchObject({ code: 'EID_ERR_CSV_ROW', file: 'test.csv', line: 2 });
});

it('bytes that are not UTF-8 are reported in the column where they stand, and only that row is lost', () => {
  const [before = '', after = ''] = row({ name_vi: '~' }).split('~');
  const latin = Buffer.concat([
    Buffer.from(before),
    Buffer.from([0x43, 0xf4, 0x6e, 0x67]),
    Buffer.from(after),
  ]);
  const { entries, rejected } = read(row({ id: 'T-1' }), latin, row({ id: 'T-2' }));
  expect(entries.map(({ id }) => id)).toEqual(['T-1', 'T-2']);
  expect(rejected).toMatchObject([{ line: 3, problems: [{ column: 'name_vi', why: 'not UTF-8' }] }]);
});

it('a quotation mark that is not closed does not swallow the rows after it', () => {
  const { entries, rejected } = read(row({ id: 'T-1', address: '"Số 1' }), row({ id: 'T-2' }));
  expect(entries.map(({ id, line }) => [id, line])).toEqual([['T-2', 3]]);
  expect(rejected).toHaveLength(1);
});

it('the second row with an id is rejected', () => {
  const { entries, rejected } = read(row(), row());
  expect(entries).toHaveLength(1);
  expect(rejected[0]?.problems).toEqual([{ column: 'id', why: 'another row has it' }]);
});

it('a rejected row never repeats what stood in it', () => {
  const { rejected } = read(row({ representative_number: '', code: '98765', established_on: 'hôm qua' }));
  expect(JSON.stringify(rejected)).not.toMatch(/98765|hôm qua/);
});

it('a file with a byte order mark and lines of another system is read', () => {
  const text = `\u{feff}${columns.join(',')}\r\n${row()}\r\n`;
  expect(readOrganisations(Buffer.from(text), 'test.csv', catalogue).entries).toHaveLength(1);
});

it('a file without the columns of the form is refused as a whole', () => {
  expect(() => readOrganisations(Buffer.from('id,name\n1,x\n'), 'test.csv', catalogue)).toThrow(
    expect.objectContaining({ code: 'EID_ERR_FILE' }),
  );
});
