import { table } from '../../demo/tables.ts';
import type { Directory } from '../../identity/provider/people.ts';

/** Who can sign in, for a terminal: the offices' people by unit, then everybody outside of them, then services. */
export function peopleTable({ people, services }: Directory): string {
  const everybody = [...people.values()].map(({ id, name, roles, unit }) => ({ id, name, roles, unit }));
  const machines = [...services.values()].map(({ id, name, roles, unit }) => ({
    id,
    name,
    roles,
    unit,
  }));
  const inOffice = everybody.filter(({ unit }) => unit !== undefined);
  const outside = everybody.filter(({ unit }) => unit === undefined);
  const rows = [...inOffice, ...outside, ...machines].map(({ id, name, roles, unit }) => [
    id,
    name,
    roles.join(', '),
    unit ?? '–',
  ]);
  return table(['Id', 'Name', 'Roles', 'Unit'], rows);
}
