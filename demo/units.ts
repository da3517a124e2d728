import { unitPlace } from '../domain/units/path.ts';
import { holdsOn } from '../domain/units/period.ts';
import { resolveVerificationUnit } from '../domain/units/resolve-verification-unit.ts';
import { loadUnitCatalogue } from '../policies/units/load.ts';
import type { Jurisdiction, UnitPlace } from '../schemas/jurisdiction.ts';

/** The police units of a day as the demo needs them. */
export type Units = {
  /** Communes that exist on the day. */
  readonly communes: ReadonlySet<string>;
  /** Units that receive dossiers on the day. */
  readonly units: ReadonlySet<string>;
  readonly pc06: string;
  readonly c06: string;
  readonly catalogueVersion: string;
  /** @throws DomainError EID_ERR_UNIT_UNKNOWN */
  place(unit: string): UnitPlace;
  /** The units that a request concerns, as the edge resolves them. @throws DomainError EID_ERR_UNIT_UNKNOWN */
  jurisdiction(reception: string, commune: string): Jurisdiction;
};

/** The unit catalogue as it stands on a day `YYYY-MM-DD`. */
export async function unitsOn(day: string): Promise<Units> {
  const catalogue = await loadUnitCatalogue();
  const units = catalogue.units.filter((unit) => holdsOn(unit, day));
  const levelled = (level: string) => units.filter((unit) => unit.level === level).map(({ code }) => code);
  const [c06 = ''] = levelled('MINISTRY');
  const provincial = levelled('PROVINCE');
  const [pc06 = ''] = provincial;
  const place = (unit: string) => unitPlace(catalogue, unit, day);
  return {
    communes: new Set(catalogue.communes.filter((commune) => holdsOn(commune, day)).map(({ code }) => code)),
    units: new Set(units.filter(({ receivesDossiers }) => receivesDossiers).map(({ code }) => code)),
    pc06,
    c06,
    catalogueVersion: catalogue.version,
    place,
    jurisdiction(reception, commune) {
      const { unit, why, catalogueVersion } = resolveVerificationUnit(catalogue, commune, day);
      return {
        catalogueVersion,
        reception: place(reception),
        receptionIsPc06: provincial.includes(reception),
        verification: place(unit.code),
        verificationWhy: why.vi,
      };
    },
  };
}
