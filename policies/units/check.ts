import { endOf, overlap, type Period } from '../../domain/units/period.ts';
import type { PoliceUnit, UnitCatalogue } from '../../schemas/admin-unit.ts';

/** Something that does not hold together in a catalogue, with its path in the file. */
export type CatalogueProblem = { readonly path: string; readonly message: string };

const above: Record<PoliceUnit['level'], readonly PoliceUnit['level'][]> = {
  MINISTRY: [],
  PROVINCE: ['MINISTRY'],
  COMMUNE: ['PROVINCE'],
};

/** What the shapes cannot say: periods, units above, provinces, and one verifying unit for a commune at a date. */
export function catalogueProblems(catalogue: UnitCatalogue): CatalogueProblem[] {
  const { units, communes } = catalogue;
  return [
    ...periodProblems('units', units),
    ...periodProblems('communes', communes),
    ...units.flatMap((unit, i) => parentProblems(catalogue, unit, `units.${i}`)),
    ...units.flatMap((unit, i) => verificationProblems(catalogue, unit, i)),
    ...communes.flatMap((commune, i) => [
      ...absent(
        units.some(({ province }) => province === commune.province),
        `communes.${i}.province`,
        commune.province,
      ),
      ...(commune.successors ?? []).flatMap((code) =>
        absent(
          communes.some((each) => each.code === code),
          `communes.${i}.successors`,
          code,
        ),
      ),
    ]),
    ...provinceProblems(units),
  ];
}

const absent = (known: boolean, path: string, code: string): CatalogueProblem[] =>
  known ? [] : [{ path, message: `${code} is not in the catalogue` }];

function periodProblems(list: 'units' | 'communes', items: readonly (Period & { code: string })[]) {
  return items.flatMap((item, i): CatalogueProblem[] => {
    const path = `${list}.${i}`;
    const backwards = item.validFrom > endOf(item);
    const twice = items.slice(0, i).some((other) => other.code === item.code && overlap(other, item));
    return [
      ...(backwards ? [{ path: `${path}.validTo`, message: `${item.code} ends before it begins` }] : []),
      ...(twice ? [{ path, message: `${item.code} has two entries on one day` }] : []),
    ];
  });
}

/** Levels only rise, so a tree without a circle follows from them. */
function parentProblems({ units }: UnitCatalogue, unit: PoliceUnit, at: string): CatalogueProblem[] {
  const path = `${at}.parent`;
  const top = unit.level === 'MINISTRY';
  if (top !== (unit.parent === undefined)) {
    return [{ path, message: `${unit.code} ${top ? 'is at the top and has a parent' : 'has no parent'}` }];
  }
  if (unit.parent === undefined) return [];
  const parents = units.filter(({ code }) => code === unit.parent);
  if (parents.length === 0) return absent(false, path, unit.parent);
  if (parents.some(({ level }) => !above[unit.level].includes(level))) {
    return [{ path, message: `${unit.parent} is not one level above ${unit.code}` }];
  }
  return covers(parents, unit)
    ? []
    : [{ path, message: `${unit.parent} does not exist during all of ${unit.code}'s period` }];
}

function covers(parents: readonly Period[], child: Period): boolean {
  let from = child.validFrom;
  for (const parent of [...parents].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) {
    if (parent.validFrom > from) return false;
    if (endOf(parent) >= endOf(child)) return true;
    if (endOf(parent) >= from) from = nextDay(endOf(parent));
  }
  return false;
}

const nextDay = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function verificationProblems(
  { units, communes }: UnitCatalogue,
  unit: PoliceUnit,
  i: number,
): CatalogueProblem[] {
  const path = `units.${i}.verifiesCommunes`;
  return unit.verifiesCommunes.flatMap((code, at) => {
    const others = units
      .slice(0, i)
      .filter((other) => other.verifiesCommunes.includes(code) && overlap(other, unit));
    const twice = unit.verifiesCommunes.indexOf(code) !== at;
    return [
      ...absent(
        communes.some((each) => each.code === code),
        path,
        code,
      ),
      ...(twice ? [{ path, message: `${code} is listed twice` }] : []),
      ...others.map((other) => ({ path, message: `${code} is verified by ${other.code} at the same time` })),
    ];
  });
}

function provinceProblems(units: readonly PoliceUnit[]): CatalogueProblem[] {
  return units.flatMap((unit, i): CatalogueProblem[] => {
    const path = `units.${i}.province`;
    if ((unit.level === 'PROVINCE') !== (unit.province !== undefined)) {
      return [
        { path, message: `${unit.code}: a province is named by units of level PROVINCE, and only by them` },
      ];
    }
    const other = units
      .slice(0, i)
      .find(
        (each) =>
          each.code !== unit.code &&
          each.province !== undefined &&
          each.province === unit.province &&
          overlap(each, unit),
      );
    return other
      ? [{ path, message: `${unit.province} has ${other.code} and ${unit.code} at the same time` }]
      : [];
  });
}
