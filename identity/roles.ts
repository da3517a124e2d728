import type { Role } from '../schemas/enums.ts';

/** Whose token may carry a role, and whether the role means something only within a unit, or within C06 alone. */
type RoleRule = {
  readonly person: boolean;
  readonly service: boolean;
  readonly needsUnit: boolean;
  readonly c06Only?: true;
};

const ofAnybody = { person: true, service: false, needsUnit: false };
const ofAnOffice = { person: true, service: false, needsUnit: true };
const ofC06 = { ...ofAnOffice, c06Only: true } as const;

/**
 * What a token may say about roles. The work of the police is done by people: a service holds none of their roles, since four
 * eyes count people. The system of another body may answer for its office: nothing counts eyes there. SYSTEM is this system itself and comes from no token. C06's roles are those whose work the policy places at C06
 * alone, the call centre's among them.
 */
const rules: Readonly<Record<Role, RoleRule>> = {
  REGISTRANT: ofAnybody,
  REPRESENTATIVE: ofAnybody,
  RECEPTION_OFFICER: ofAnOffice,
  VERIFICATION_OFFICER: ofAnOffice,
  UNIT_HEAD: ofAnOffice,
  C06_OFFICER: ofC06,
  C06_DIRECTOR: ofC06,
  CALL_CENTRE: ofC06,
  BODY_OFFICER: { ...ofAnOffice, service: true },
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

/** Whether the role exists in C06 and in no other unit. */
export const isOfC06 = (role: Role): boolean => rules[role].c06Only === true;

/** The role of a name, exactly as the enumeration writes it. */
export const isRole = (name: string): name is Role => Object.hasOwn(rules, name);
