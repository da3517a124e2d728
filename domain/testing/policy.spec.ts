import { loadPolicy } from '../../policies/load.ts';
import { pin } from '../../policies/pin.ts';
import type { CasePolicy } from '../../schemas/policy.ts';

/** The policy of Decree 69/2024 as a case pins it. In a spec file, since only tests may look up from the domain. */
export const decree: CasePolicy = pin(await loadPolicy());

/** The same with some values changed. */
export const decreeWith = (values: Partial<CasePolicy>): CasePolicy => ({ ...decree, ...values });
