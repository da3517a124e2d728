import { unitPlace } from '../domain/units/path.ts';
import { holdsOn } from '../domain/units/period.ts';
import { loadUnitCatalogue } from '../policies/units/load.ts';
import type { UnitPlace } from '../schemas/jurisdiction.ts';

/** The police units of a day as the demo needs them. */
export type Units = {
  /** Communes that exist on the day. */
  readonly communes: ReadonlySet<string>;
  /** Units that receive dossiers on the day. */
  readonly units: ReadonlySet<string>;
  readonly pc06: string;
  readonly c06: string;
  /** @throws DomainError EID_ERR_UNIT_UNKNOWN */
  place(unit: string): UnitPlace;
};

/** The unit catalogue as it stands on a day `YYYY-MM-DD`. */
export async function unitsOn(day: string): Promise<Units> {
  const catalogue = await loadUnitCatalogue();
  const units = catalogue.units.filter((unit) => holdsOn(unit, day));
  const of = (level: string) => units.find((unit) => unit.level === level)?.code ?? '';
  return {
    communes: new Set(catalogue.communes.filter((commune) => holdsOn(commune, day)).map(({ code }) => code)),
    units: new Set(units.filter(({ receivesDossiers }) => receivesDossiers).map(({ code }) => code)),
    pc06: of('PROVINCE'),
    c06: of('MINISTRY'),
    place: (unit) => unitPlace(catalogue, unit, day),
  };
}
