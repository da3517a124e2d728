import type { Dossier } from '../../schemas/dossier.ts';
import type { Channel, Reason } from '../../schemas/enums.ts';
import type { Jurisdiction } from '../../schemas/jurisdiction.ts';
import type { DossierField } from '../../schemas/policy.ts';
import { DomainError } from '../error.ts';
import type { Rules } from './state.ts';

/** What stands against accepting a dossier: what can be supplemented, and what cannot. */
export type Assessment = {
  readonly missing: readonly string[];
  readonly ineligible: readonly Reason[];
};

const declaredAt: Record<DossierField, (dossier: Dossier) => unknown> = {
  'organisation.nameVi': (d) => d.organisation.nameVi,
  'organisation.establishedOn': (d) => d.organisation.establishedOn,
  'organisation.address': (d) => d.organisation.address,
  'organisation.code': (d) => d.organisation.code,
  'organisation.taxCode': (d) => d.organisation.taxCode,
  'organisation.representative': (d) => d.organisation.representative,
  'registrant.mobile': (d) => d.registrant.mobile,
  'registrant.email': (d) => d.registrant.email,
};

function ineligibility(dossier: Dossier, rules: Rules): Reason[] {
  const { registrant, organisation } = dossier;
  const reasons: Reason[] = [];
  if (registrant.accountLevel < rules.registrantLevel) {
    const foreign = registrant.nationality !== 'VN' && registrant.kind !== 'AUTHORISED_PERSON';
    reasons.push(foreign ? 'FOREIGN_REP_WITHOUT_EID' : 'REGISTRANT_NOT_LEVEL_2');
  }
  const isRepresentative = registrant.number === organisation.representative?.number;
  if (registrant.kind !== 'AUTHORISED_PERSON' && organisation.representative && !isRepresentative) {
    reasons.push('REGISTRANT_NOT_AUTHORISED');
  }
  if (!organisation.establishedInVietnam) reasons.push('ORG_NOT_ESTABLISHED_OR_REGISTERED_IN_VN');
  if (organisation.facets.some((facet) => rules.refusedFacets.includes(facet))) reasons.push('NOT_ELIGIBLE');
  return reasons;
}

/** Completeness and eligibility of a dossier (Arts 7 and 12); which fields make it complete is policy. */
export function assess(dossier: Dossier, rules: Rules): Assessment {
  const required = rules.requiredFields[dossier.organisation.category];
  const missing: string[] = required.filter((field) => declaredAt[field](dossier) === undefined);
  if (!dossier.undertaking) missing.push('undertaking');
  const { kind, authorisation } = dossier.registrant;
  if (kind === 'AUTHORISED_PERSON' && authorisation === undefined) missing.push('registrant.authorisation');
  return { missing, ineligible: ineligibility(dossier, rules) };
}

/**
 * What must never be taken at all by this way of filing, so that nothing of it is stored.
 * @throws DomainError EID_ERR_STATE_SECRET_ONLINE (dispatch 329/BCA-V03), EID_ERR_ARMED_FORCES_PC06
 */
export function mustBeFileable(
  channel: Channel,
  dossier: Dossier,
  jurisdiction: Jurisdiction,
  rules: Rules,
): void {
  if (dossier.containsStateSecret && !rules.stateSecretChannels.includes(channel)) {
    throw new DomainError('EID_ERR_STATE_SECRET_ONLINE', { channel });
  }
  const armed = dossier.organisation.facets.includes('ARMED_FORCES');
  if (armed && rules.armedForcesReception === 'PC06' && !jurisdiction.receptionIsPc06) {
    throw new DomainError('EID_ERR_ARMED_FORCES_PC06', { reception: jurisdiction.reception.unit });
  }
}
