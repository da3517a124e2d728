import { loadPolicy } from '../../policies/load.ts';
import { pin } from '../../policies/pin.ts';
import type { CasePolicy } from '../../schemas/policy.ts';

/** The policy of Decree 69/2024 as a case pins it. In a spec file, since only tests may look up from the domain. */
export const decree: CasePolicy = pin(await loadPolicy());

/** The same with some values changed. */
export const decreeWith = (values: Partial<CasePolicy>): CasePolicy => ({ ...decree, ...values });

/** A rule by which what is late climbs at the very limit, and nothing before. */
export const climbingAtTheLimit = {
  escalation: [{ id: 'at-the-limit', when: { after: { amount: 0, unit: 'milliseconds' } } }],
} as const satisfies Pick<CasePolicy, 'escalation'>;
