// STAND-IN until domain/units is there.
import type { Jurisdiction, UnitPlace } from '../schemas/jurisdiction.ts';
import { places, PC06 } from '../samples/hung-yen/generator/places.ts';

/** The police units of a day as the demo needs them. */
export type Units = {
  readonly communes: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  readonly pc06: string;
  readonly c06: string;
  place(unit: string): UnitPlace;
  /** @throws DomainError EID_ERR_UNIT_UNKNOWN */
  jurisdiction(reception: string, commune: string): Jurisdiction;
};

export function unitsOn(_date: string): Units {
  const c06 = 'C06';
  const place = (unit: string): UnitPlace => {
    const path = unit === c06 ? [c06] : unit === PC06 ? [PC06, c06] : [unit, PC06, c06];
    return { unit, name: places.find((p) => p.reception === unit)?.name ?? unit, path };
  };
  return {
    communes: new Set(places.map((p) => p.commune)),
    units: new Set([...places.map((p) => p.reception), PC06, c06]),
    pc06: PC06,
    c06,
    place,
    jurisdiction(reception, commune) {
      const verification = places.find((p) => p.commune === commune)?.reception ?? PC06;
      return {
        catalogueVersion: 'stand-in',
        reception: place(reception),
        receptionIsPc06: reception === PC06,
        verification: place(verification),
        verificationWhy: 'COMMUNE',
      };
    },
  };
}
