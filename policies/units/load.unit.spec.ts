import { expect, it } from 'vitest';
import { DomainError } from '../../domain/error.ts';
import type { UnitCatalogue } from '../../schemas/admin-unit.ts';
import { checkUnitCatalogue, loadUnitCatalogue } from './load.ts';

const catalogue = await loadUnitCatalogue();

const refusal = (change: (data: UnitCatalogue) => unknown): string => {
  const data = structuredClone(catalogue);
  change(data);
  try {
    checkUnitCatalogue(data, 'units.yaml');
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'EID_ERR_POLICY_INVALID') throw error;
    return JSON.stringify(error.details.problems);
  }
  throw new Error('taken');
};

const unit = (data: UnitCatalogue, code: string) => {
  const found = data.units.find((each) => each.code === code);
  if (!found) throw new Error(code);
  return found;
};

it('holds C06, PC06 and the ten communes with an ID-card section until 30 June 2025', () => {
  const ten = catalogue.units.filter(({ level }) => level === 'COMMUNE');
  expect(ten.map(({ name }) => name)).toEqual([
    'Công an xã Đình Dù',
    'Công an thị trấn Văn Giang',
    'Công an phường Phùng Chí Kiên',
    'Công an thị trấn Yên Mỹ',
    'Công an thị trấn Lương Bằng',
    'Công an thị trấn Khoái Châu',
    'Công an xã Đa Lộc',
    'Công an thị trấn Vương',
    'Công an thị trấn Trần Cao',
    'Công an phường An Tảo',
  ]);
  expect(new Set(ten.map(({ validTo }) => validTo))).toEqual(new Set(['2025-06-30']));
  expect(ten.every(({ receivesDossiers }) => receivesDossiers)).toBe(true);
});

it('claims no successor of a commune, since none was found', () => {
  expect(catalogue.communes.filter(({ successors }) => successors !== undefined)).toEqual([]);
});

it.each<[string, (data: UnitCatalogue) => unknown, string]>([
  [
    'a parent that is not there',
    (d) => (unit(d, 'CAX-HY-VUONG').parent = 'PC06-XX'),
    'PC06-XX is not in the catalogue',
  ],
  ['a unit without a parent', (d) => delete unit(d, 'PC06-HY').parent, 'PC06-HY has no parent'],
  ['a circle', (d) => (unit(d, 'PC06-HY').parent = 'CAX-HY-VUONG'), 'not one level above PC06-HY'],
  ['a unit above itself', (d) => (unit(d, 'PC06-HY').parent = 'PC06-HY'), 'not one level above PC06-HY'],
  [
    'a parent that ends too early',
    (d) => (unit(d, 'PC06-HY').validTo = '2025-05-31'),
    'does not exist during all of',
  ],
  [
    'a period that runs backwards',
    (d) => (unit(d, 'CAX-HY-VUONG').validTo = '2025-01-01'),
    'ends before it begins',
  ],
  ['one code twice on a day', (d) => d.units.push(unit(d, 'CAX-HY-VUONG')), 'two entries on one day'],
  [
    'a commune that two units verify at once',
    (d) => unit(d, 'CAX-HY-VUONG').verifiesCommunes.push('HY-DINH-DU'),
    'HY-DINH-DU is verified by CAX-HY-DINH-DU at the same time',
  ],
  [
    'a commune that is not there',
    (d) => unit(d, 'CAX-HY-VUONG').verifiesCommunes.push('HY-X'),
    'HY-X is not in the catalogue',
  ],
  [
    'a province without a unit',
    (d) => delete unit(d, 'PC06-HY').province,
    'is named by units of level PROVINCE',
  ],
  ['a day that does not exist', (d) => (unit(d, 'C06').validFrom = '2025-02-30'), 'units.0.validFrom'],
])('refuses %s', (_, change, message) => {
  expect(refusal(change)).toContain(message);
});

it('takes a unit that comes back under its code in a later period', () => {
  const data = structuredClone(catalogue);
  const { validTo: _, ...open } = unit(data, 'CAX-HY-VUONG');
  data.units.push({ ...open, validFrom: '2025-07-01', verifiesCommunes: [] });
  expect(checkUnitCatalogue(data, 'units.yaml').units).toHaveLength(catalogue.units.length + 1);
});

it('names the file that cannot be read', async () => {
  await expect(loadUnitCatalogue(new URL('./none.yaml', import.meta.url))).rejects.toMatchObject({
    code: 'EID_ERR_POLICY_INVALID',
    details: { file: 'units/none.yaml' },
  });
});
