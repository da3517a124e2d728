import type { LockGround } from '../../schemas/lock.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { NoticeTemplate } from '../../schemas/registry.ts';
import { sendNotice } from '../notice/decide.ts';
import { c06Place } from '../task/place.ts';
import type { Decision } from './state.ts';

/** Orders a notice to the owner, with what every notice of an account says and what this one says besides. */
export function tellOwner(
  d: Decision,
  policy: CasePolicy,
  template: NoticeTemplate,
  more: Readonly<Record<string, string>> = {},
): void {
  const { owner, identity } = d.state;
  if (!owner || !identity) return;
  const values = {
    organisation: identity.names.vi,
    number: identity.identificationNumber,
    callCentre: policy.callCentre,
    ...more,
  };
  d.add(...sendNotice(d.state, { template, to: owner, values }, c06Place(policy), policy, d.now));
}

/** What the notice of a lock says of its ground. What it must say was not found (procedure.md fact 50). */
export const groundValues = ({
  code,
  basis,
  authority,
  document,
  until,
  note,
}: LockGround): Record<string, string> => ({
  ground: code,
  basis,
  authority: authority.name,
  ...(document === undefined ? {} : { document: document.number, documentDate: document.date }),
  ...(until === undefined ? {} : { until }),
  ...(note === undefined ? {} : { note }),
});
