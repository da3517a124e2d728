import type { OtherRepresentative } from '../../schemas/dossier.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import { filed, type Rules } from './state.ts';

/** The other legal representatives of the dossier as it now is whose agreement Art 12 asks for and who have not given it. */
export function missingConsents(state: RegistrationState, rules: Rules): OtherRepresentative[] {
  const { channel, dossier } = filed(state);
  if (!rules.consentChannels.includes(channel)) return [];
  const given = new Set(state.consents.filter((c) => c.status === 'GIVEN').map((c) => c.representative));
  return dossier.otherRepresentatives.filter((r) => !given.has(r.id));
}
