import type { WorkingCalendar } from '../schemas/calendar.ts';
import type { CasePolicy, Policy } from '../schemas/policy.ts';

/** The days and rules without their texts: what counting needs. */
function bare(calendar: WorkingCalendar): WorkingCalendar {
  const none = { name: '', nameEn: '', basis: '', basisEn: '' };
  const rules = Object.fromEntries(
    Object.entries(calendar.rules).map(([name, rule]) => [name, { ...rule, basis: '', basisEn: '' }]),
  ) as WorkingCalendar['rules'];
  return { ...calendar, days: calendar.days.map((day) => ({ ...day, ...none })), rules };
}

/**
 * The values a case pins at its start; names, basis and confidence stay with the version that it names, since every case
 * carries this in its history.
 */
export function pin(policy: Policy): CasePolicy {
  const values = Object.fromEntries(
    Object.entries(policy.parameters).map(([name, parameter]) => [name, parameter.value]),
  );
  const { version, calendar, matching } = policy;
  return { ...values, version, calendar: bare(calendar), matching } as CasePolicy;
}
