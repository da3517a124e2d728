import type { CasePolicy, Policy } from '../schemas/policy.ts';

/** The values a case pins at its start; basis and confidence stay with the version that it names. */
export function pin(policy: Policy): CasePolicy {
  const values = Object.fromEntries(
    Object.entries(policy.parameters).map(([name, parameter]) => [name, parameter.value]),
  );
  const { version, calendar, matching } = policy;
  return { ...values, version, calendar, matching } as CasePolicy;
}
