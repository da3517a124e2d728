import type { Role } from '../schemas/enums.ts';

/** Whose token may carry a role, and whether the role means something only within a unit. */
type RoleRule = { readonly person: boolean; readonly service: boolean; readonly needsUnit: boolean };

const ofAnybody = { person: true, service: false, needsUnit: false };
const ofAnOffice = { person: true, service: false, needsUnit: true };

/**
 * What a token may say about roles. The offices' work is done by people: a service holds none of their roles, since four
 * eyes count people. SYSTEM is this system itself and comes from no token.
 */
const rules: Readonly<Record<Role, RoleRule>> = {
  REGISTRANT: ofAnybody,
  REPRESENTATIVE: ofAnybody,
  RECEPTION_OFFICER: ofAnOffice,
  VERIFICATION_OFFICER: ofAnOffice,
  UNIT_HEAD: ofAnOffice,
  C06_OFFICER: ofAnOffice,
  C06_DIRECTOR: ofAnOffice,
  CALL_CENTRE: ofAnOffice,
  AUTHORITY: { person: true, service: true, needsUnit: false },
  AUDITOR: ofAnybody,
  SERVICE: { person: false, service: true, needsUnit: false },
  SYSTEM: { person: false, service: false, needsUnit: false },
};

/** A person, or another system that signed in on its own account (client credentials). */
export type CallerKind = 'PERSON' | 'SERVICE';

export const mayHold = (kind: CallerKind, role: Role): boolean =>
  kind === 'PERSON' ? rules[role].person : rules[role].service;

export const needsUnit = (role: Role): boolean => rules[role].needsUnit;

/** The role of a name, exactly as the enumeration writes it. */
export const isRole = (name: string): name is Role => Object.hasOwn(rules, name);
