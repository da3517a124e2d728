import type { PoliceUnit, UnitCatalogue } from '../../schemas/admin-unit.ts';
import type { UnitPlace } from '../../schemas/jurisdiction.ts';
import { DomainError } from '../error.ts';
import { bodyOfUnit } from '../verification/office.ts';
import { holdsOn } from './period.ts';

/**
 * The unit of a code on a day.
 * @param on calendar day `YYYY-MM-DD` in the zone of the working calendar
 * @throws DomainError EID_ERR_UNIT_UNKNOWN
 */
export function unitOn(catalogue: UnitCatalogue, code: string, on: string): PoliceUnit {
  const unit = catalogue.units.find((each) => each.code === code && holdsOn(each, on));
  if (!unit) throw new DomainError('EID_ERR_UNIT_UNKNOWN', { unit: code, on, version: catalogue.version });
  return unit;
}

/**
 * Codes from a unit up to the ministry's, itself first; the office of another body stands alone.
 * @throws DomainError EID_ERR_UNIT_UNKNOWN; EID_ERR_POLICY_INVALID when the units above form a circle
 */
export function pathOf(catalogue: UnitCatalogue, code: string, on: string): string[] {
  if (bodyOfUnit(code)) return [code];
  const path: string[] = [];
  for (let next: string | undefined = code; next !== undefined; next = unitOn(catalogue, next, on).parent) {
    if (path.includes(next)) throw new DomainError('EID_ERR_POLICY_INVALID', { circle: [...path, next] });
    path.push(next);
  }
  return path;
}

/** A unit as cases record it. Throws as {@link pathOf} does. */
export function unitPlace(catalogue: UnitCatalogue, code: string, on: string): UnitPlace {
  return { unit: code, name: unitOn(catalogue, code, on).name, path: pathOf(catalogue, code, on) };
}

/** True when `unit` is `superior` or stands below it on that day. Throws as {@link pathOf} does. */
export const isWithin = (catalogue: UnitCatalogue, unit: string, superior: string, on: string): boolean =>
  pathOf(catalogue, unit, on).includes(superior);
