import { DomainError } from '../../domain/error.ts';
import { unitOn, unitPlace } from '../../domain/units/path.ts';
import { resolveVerificationUnit } from '../../domain/units/resolve-verification-unit.ts';
import type { UnitsOfDay } from '../../identity/caller.ts';
import type { Jurisdiction } from '../../schemas/jurisdiction.ts';

/**
 * The units that a request concerns, by the catalogue of the day. Without a unit of reception it is the one that verifies.
 * @throws DomainError EID_ERR_UNIT_UNKNOWN: no such unit or commune that day, or a unit that receives no dossiers
 */
export function jurisdictionOf(
  { catalogue, on }: UnitsOfDay,
  commune: string,
  reception: string | undefined,
): Jurisdiction {
  const { unit, why, catalogueVersion } = resolveVerificationUnit(catalogue, commune, on);
  const receiving = unitOn(catalogue, reception ?? unit.code, on);
  if (!receiving.receivesDossiers)
    throw new DomainError('EID_ERR_UNIT_UNKNOWN', { unit: receiving.code, why: 'receives no dossiers' });
  return {
    catalogueVersion,
    reception: unitPlace(catalogue, receiving.code, on),
    receptionIsPc06: receiving.level === 'PROVINCE',
    verification: unitPlace(catalogue, unit.code, on),
    verificationWhy: why.vi,
  };
}
