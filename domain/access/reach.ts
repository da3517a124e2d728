import type { Relation } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { UnitCode } from '../../schemas/codes.ts';
import type { Access } from './case.ts';

/**
 * Which cases of a type a caller may be shown in lists, searches and counts, said without looking at any: all, or those of
 * the own unit, of the units below it, and those that name the caller. Nothing of it: none.
 */
export type Reach = 'ALL' | { readonly unit?: UnitCode; readonly below?: UnitCode; readonly person?: string };

type Standing = Exclude<Relation, 'NONE'>;

/** The people whom a case of the type names. */
const personal: Readonly<Record<CaseType, readonly Standing[]>> = {
  registration: ['REGISTRANT', 'REPRESENTATIVE'],
  account: ['REGISTRANT'],
  'lock-order': ['AUTHORITY'],
  verification: [],
};

/**
 * What a caller may be shown unasked, by the same table. Never more than `mayRead` allows, and less in two ways: a case of which one only
 * holds a task is in the inbox, and the call centre's requests and orders are there as well.
 */
export function reachOf(actor: Actor, caseType: CaseType, { table, c06Unit }: Access): Reach {
  const { id, roles, unit } = actor;
  const reads = (relation: Standing): boolean =>
    table.rows.some(
      (row) =>
        row.case === caseType &&
        row.as.includes(relation) &&
        row.may.includes('READ') &&
        row.who.some((role) => roles.includes(role)),
    );
  if (roles.includes('SERVICE')) return {};
  if (roles.includes('AUDITOR')) return reads('AUDITOR') ? 'ALL' : {};
  const ofCallCentre = caseType === 'account' && roles.includes('CALL_CENTRE') && unit !== undefined;
  if ((unit === c06Unit && reads('C06')) || (ofCallCentre && reads('CALL_CENTRE'))) return 'ALL';
  return {
    ...(unit !== undefined && reads('UNIT') ? { unit } : {}),
    ...(unit !== undefined && reads('SUPERIOR') ? { below: unit } : {}),
    ...(personal[caseType].length > 0 && personal[caseType].every(reads) ? { person: id } : {}),
  };
}
