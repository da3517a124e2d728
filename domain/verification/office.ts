import type { AskedBody } from '../../schemas/body.ts';
import type { UnitPlace } from '../../schemas/jurisdiction.ts';

/** What people call the bodies; the place is added as its code. */
const names: Readonly<Record<AskedBody, string>> = {
  FINANCE: 'Sở Tài chính',
  TAX_AUTHORITY: 'Thuế tỉnh, thành phố',
  HOME_AFFAIRS: 'Sở Nội vụ',
  LICENSING: 'Cơ quan cấp phép',
  COMMUNE_COMMITTEE: 'Ủy ban nhân dân cấp xã',
};

const bodies = Object.keys(names) as readonly AskedBody[];
const prefixOf = (body: AskedBody): string => `${body.replaceAll('_', '-')}-`;

/**
 * The office of a body as a place for tasks: a unit of its own with nothing above it, since no police unit stands above a
 * department. `FINANCE` at `33` is `FINANCE-33`.
 */
export function officeOf(body: AskedBody, place: string): UnitPlace {
  const unit = `${prefixOf(body)}${place}`;
  return { unit, name: `${names[body]} (${place})`, path: [unit] };
}

/** The body and place that a unit code is the office of; undefined for a police unit. */
export function bodyOfUnit(unit: string): { readonly body: AskedBody; readonly place: string } | undefined {
  const body = bodies.find((each) => unit.startsWith(prefixOf(each)) && unit.length > prefixOf(each).length);
  return body && { body, place: unit.slice(prefixOf(body).length) };
}
