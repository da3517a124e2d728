import type { Commune, PoliceUnit, UnitCatalogue } from '../../schemas/admin-unit.ts';
import { DomainError } from '../error.ts';
import { pathOf } from './path.ts';
import { holdsOn } from './period.ts';

/** Who verifies locally, and why it is this unit. `path`: codes from the unit up to the ministry's, itself first. */
export type VerificationUnit = {
  readonly unit: PoliceUnit;
  readonly path: readonly string[];
  readonly why: { readonly vi: string; readonly en: string };
  readonly catalogueVersion: string;
};

/**
 * The unit that verifies an organisation whose head office lies in a commune (Art 12): the commune's own police on
 * that day, else the province's. A commune that ended with one known successor is followed there.
 *
 * @param on calendar day `YYYY-MM-DD` in the zone of the working calendar
 * @throws DomainError EID_ERR_UNIT_UNKNOWN when the catalogue has no such commune yet, or no unit for it that day
 */
export function resolveVerificationUnit(
  catalogue: UnitCatalogue,
  communeCode: string,
  on: string,
): VerificationUnit {
  const { commune, followed } = communeOn(catalogue, communeCode, on);
  const own = holdsOn(commune, on)
    ? catalogue.units.find((unit) => holdsOn(unit, on) && unit.verifiesCommunes.includes(commune.code))
    : undefined;
  const unit = own ?? provinceUnit(catalogue, commune, on);
  const why = own ? ownReason(commune, followed) : parentReason(commune, unit, on);
  return { unit, path: pathOf(catalogue, unit.code, on), why, catalogueVersion: catalogue.version };
}

function communeOn(catalogue: UnitCatalogue, code: string, on: string) {
  const seen: string[] = [];
  let next = code;
  for (;;) {
    seen.push(next);
    const known = catalogue.communes.filter((each) => each.code === next && each.validFrom <= on);
    const commune = known.find((each) => holdsOn(each, on)) ?? latest(known);
    if (!commune)
      throw new DomainError('EID_ERR_UNIT_UNKNOWN', { commune: next, on, version: catalogue.version });
    const [successor, ...others] = commune.successors ?? [];
    const follow = !holdsOn(commune, on) && successor !== undefined && others.length === 0;
    if (!follow || seen.includes(successor)) return { commune, followed: seen.length > 1 };
    next = successor;
  }
}

const latest = (communes: readonly Commune[]): Commune | undefined =>
  communes.reduce<Commune | undefined>(
    (last, each) => (last && last.validFrom >= each.validFrom ? last : each),
    undefined,
  );

function provinceUnit(catalogue: UnitCatalogue, { code, province }: Commune, on: string): PoliceUnit {
  const unit = catalogue.units.find(
    (each) => each.level === 'PROVINCE' && each.province === province && holdsOn(each, on),
  );
  if (!unit)
    throw new DomainError('EID_ERR_UNIT_UNKNOWN', {
      commune: code,
      province,
      on,
      version: catalogue.version,
    });
  return unit;
}

const ownReason = ({ name }: Commune, followed: boolean) => ({
  vi: followed ? `${name} kế thừa địa bàn, có đơn vị xác minh` : `${name} có đơn vị xác minh của mình`,
  en: followed
    ? `${name} took over the commune and has a verifying unit`
    : `${name} has a verifying unit of its own`,
});

function parentReason(commune: Commune, { code }: PoliceUnit, on: string) {
  const { name, successors, validTo } = commune;
  if (holdsOn(commune, on)) {
    return {
      vi: `${name} không có đơn vị xác minh tại ngày ${on}, đơn vị cấp trên ${code} thực hiện`,
      en: `${name} has no verifying unit on ${on}; the parent unit ${code} acts`,
    };
  }
  const [vi, en] = successors
    ? ['được chia cho nhiều đơn vị', 'was divided among several communes']
    : ['chưa rõ đơn vị kế thừa', 'its successor is not known'];
  return {
    vi: `${name} kết thúc ngày ${validTo}, ${vi}, đơn vị cấp trên ${code} thực hiện`,
    en: `${name} ended on ${validTo}, ${en}; the parent unit ${code} acts`,
  };
}
