import { DomainError } from '../../domain/error.ts';
import { isWithin, unitOn } from '../../domain/units/path.ts';
import type { UnitsOfDay } from '../../identity/caller.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { Role } from '../../schemas/enums.ts';

const heads: readonly Role[] = ['UNIT_HEAD', 'C06_DIRECTOR'];
const ofC06: readonly Role[] = ['C06_OFFICER', 'C06_DIRECTOR'];

/**
 * The unit whose people a caller may be shown: the own one; for its head also one below it; for C06 any.
 *
 * @param wanted the own one when it is not given
 * @throws DomainError EID_ERR_FORBIDDEN; EID_ERR_UNIT_UNKNOWN for a unit that is not there on the day, if the caller might be shown it
 */
export function unitShownTo(
  { unit, roles }: Pick<Actor, 'unit' | 'roles'>,
  wanted: string | undefined,
  { catalogue, on }: UnitsOfDay,
  c06Unit: string,
): string {
  const holds = (some: readonly Role[]) => some.some((role) => roles.includes(role));
  const other = roles.includes('AUDITOR') || roles.includes('SERVICE');
  if (unit === undefined || other)
    throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'an officer of a unit' });
  if (wanted === undefined || wanted === unit) return unit;
  if (unit === c06Unit && holds(ofC06)) return unitOn(catalogue, wanted, on).code;
  if (holds(heads) && isWithin(catalogue, wanted, unit, on)) return wanted;
  throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'the head of a unit above', unit: wanted });
}
