import { columns } from '../../../demo/columns.ts';
import { csvLine } from './csv.ts';
import { draftOf, type Row } from './draft.ts';

const base = (n: number): Row => ({ ...draftOf(n, 'ENTERPRISE').row, path: 'direct match' });

const withValues = (n: number, values: Partial<Row>): Buffer =>
  Buffer.from(csvLine({ ...base(n), ...values }));

/** A name in a one-byte encoding, as an old office program writes it. */
function wrongEncoding(n: number): Buffer {
  const row = base(n);
  const [before = '', after = ''] = csvLine({ ...row, name_vi: '~' }).split('~');
  return Buffer.concat([Buffer.from(before), Buffer.from('Công ty c\u00e1p', 'latin1'), Buffer.from(after)]);
}

/** Ten rows that cannot be taken, each for another reason. */
export function brokenFile(): Buffer {
  const short = csvLine({ ...base(903), name_abbr: '', address: 'Lạc Đạo' })
    .split(',')
    .slice(0, 14)
    .join(',');
  const long = `${csvLine(base(904))},một cột thừa`;
  const rows = [
    wrongEncoding(901),
    withValues(902, { established_on: '2021-02-30' }),
    Buffer.from(short),
    Buffer.from(long),
    Buffer.from(csvLine(base(905)).replace('tỉnh Hưng Yên"', 'tỉnh Hưng Yên')),
    withValues(906, { code: '000000190' }),
    withValues(907, { tax_code: '0000001907-000' }),
    withValues(908, { commune: 'HY-KHONG-CO' }),
    withValues(909, { category: 'CONG_TY' }),
    withValues(910, { representative_number: '', account_level: '3' }),
  ];
  return Buffer.concat([Buffer.from(columns.join(',')), ...rows].flatMap((row) => [row, Buffer.from('\n')]));
}
