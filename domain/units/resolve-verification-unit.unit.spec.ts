import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { loadUnitCatalogue } from '../../policies/units/load.ts';
import type { UnitCatalogue } from '../../schemas/admin-unit.ts';
import { isWithin, pathOf, unitPlace } from './path.ts';
import { resolveVerificationUnit } from './resolve-verification-unit.ts';

const catalogue = await loadUnitCatalogue();
const ten = catalogue.units.filter(({ level }) => level === 'COMMUNE');
const april = '2025-04-15';

describe('the verifying unit', () => {
  it.each(ten.map(({ code, verifiesCommunes: [commune = ''] }) => ({ code, commune })))(
    'is $code for $commune in April 2025',
    ({ code, commune }) => {
      const found = resolveVerificationUnit(catalogue, commune, april);
      expect(found.unit.code).toBe(code);
      expect(found.path).toEqual([code, 'PC06-HY', 'C06']);
      expect(found.catalogueVersion).toBe(catalogue.version);
    },
  );

  it('is the province’s for a commune without an ID-card section', () => {
    const found = resolveVerificationUnit(catalogue, 'HY-LAC-DAO', april);
    expect(found.path).toEqual(['PC06-HY', 'C06']);
    expect(found.why.vi).toContain('xã Lạc Đạo không có đơn vị xác minh');
  });

  it.each([
    ['2025-04-01', 'PC06-HY'],
    ['2025-04-02', 'CAX-HY-DINH-DU'],
    ['2025-06-30', 'CAX-HY-DINH-DU'],
    ['2025-07-01', 'PC06-HY'],
  ])('changes with the periods: on %s it is %s for xã Đình Dù', (on, unit) => {
    expect(resolveVerificationUnit(catalogue, 'HY-DINH-DU', on).unit.code).toBe(unit);
  });

  it('says that the successor of a commune that ended is not known', () => {
    expect(resolveVerificationUnit(catalogue, 'HY-DINH-DU', '2025-08-01').why.en).toBe(
      'xã Đình Dù ended on 2025-06-30, its successor is not known; the parent unit PC06-HY acts',
    );
  });

  it.each([
    ['HY-NOWHERE', april],
    ['HY-DINH-DU', '2024-06-30'],
  ])('is refused for %s on %s', (commune, on) => {
    expect(() => resolveVerificationUnit(catalogue, commune, on)).toThrow(
      expect.objectContaining({ code: 'EID_ERR_UNIT_UNKNOWN' }),
    );
  });
});

const reformed = (successors: string[]): UnitCatalogue => {
  const [commune, police] = [catalogue.communes[0], ten[0]];
  if (!commune || !police) throw new Error('the catalogue is empty');
  const { validTo: _1, ...open } = commune;
  const { validTo: _2, ...unit } = police;
  const now = (code: string) => ({ ...open, code, name: `xã ${code}`, validFrom: '2025-07-01' });
  const verifies = { ...unit, code: 'CAX-NEW', validFrom: '2025-07-01', verifiesCommunes: ['NEW-1'] };
  return {
    ...catalogue,
    units: [...catalogue.units, verifies],
    communes: [{ ...commune, successors }, ...catalogue.communes.slice(1), now('NEW-1'), now('NEW-2')],
  };
};

describe('a commune that was re-formed', () => {
  it('is followed to its one successor', () => {
    const found = resolveVerificationUnit(reformed(['NEW-1']), 'HY-DINH-DU', '2025-07-01');
    expect(found.unit.code).toBe('CAX-NEW');
    expect(found.why.en).toContain('took over');
  });

  it('goes to the province when it was divided', () => {
    const found = resolveVerificationUnit(reformed(['NEW-1', 'NEW-2']), 'HY-DINH-DU', '2025-07-01');
    expect(found.unit.code).toBe('PC06-HY');
    expect(found.why.en).toContain('divided');
  });

  it('does not send the search in a circle', () => {
    const found = resolveVerificationUnit(reformed(['HY-DINH-DU']), 'HY-DINH-DU', '2025-07-01');
    expect(found.unit.code).toBe('PC06-HY');
  });
});

describe('the order of units', () => {
  it('holds a unit, those above it, and nothing else', () => {
    const within = (unit: string, superior: string) => isWithin(catalogue, unit, superior, april);
    expect(within('CAX-HY-VUONG', 'CAX-HY-VUONG')).toBe(true);
    expect(within('CAX-HY-VUONG', 'PC06-HY')).toBe(true);
    expect(within('CAX-HY-VUONG', 'C06')).toBe(true);
    expect(within('CAX-HY-VUONG', 'CAX-HY-AN-TAO')).toBe(false);
    expect(within('PC06-HY', 'CAX-HY-VUONG')).toBe(false);
  });

  it('gives a unit as cases record it', () => {
    expect(unitPlace(catalogue, 'CAX-HY-VUONG', april)).toEqual({
      unit: 'CAX-HY-VUONG',
      name: 'Công an thị trấn Vương',
      path: ['CAX-HY-VUONG', 'PC06-HY', 'C06'],
    });
    expect(() => unitPlace(catalogue, 'CAX-HY-VUONG', '2025-07-01')).toThrow('EID_ERR_UNIT_UNKNOWN');
  });

  const day = fc
    .integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2026, 11, 31) })
    .map((ms) => new Date(ms).toISOString().slice(0, 10));
  const commune = fc.constantFrom(...catalogue.communes.map(({ code }) => code));
  test.prop([commune, day])('leads every commune on every day up to the ministry', (code, on) => {
    const { unit, path } = resolveVerificationUnit(catalogue, code, on);
    expect(path[0]).toBe(unit.code);
    expect(path.at(-1)).toBe('C06');
    expect(pathOf(catalogue, unit.code, on)).toEqual(path);
    expect(path.every((superior) => isWithin(catalogue, unit.code, superior, on))).toBe(true);
  });
});
