import type { UnitPlace } from '../../schemas/jurisdiction.ts';
import type { CasePolicy } from '../../schemas/policy.ts';

/** C06 as a place for tasks: the unit that the policy names, with nothing above it. */
export const c06Place = ({ c06Unit }: Pick<CasePolicy, 'c06Unit'>): UnitPlace => ({
  unit: c06Unit,
  name: 'C06',
  path: [c06Unit],
});
