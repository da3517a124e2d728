import type { JWTPayload } from 'jose';
import { DomainError } from '../domain/error.ts';
import { pathOf } from '../domain/units/path.ts';
import type { Actor } from '../schemas/actor.ts';
import type { UnitCatalogue } from '../schemas/admin-unit.ts';
import type { UnitCode } from '../schemas/codes.ts';
import type { Role } from '../schemas/enums.ts';
import { textAt, wordsAt } from './claims.ts';
import type { TrustedIssuer } from './issuer.ts';
import { TokenRefused } from './refusal.ts';
import { type CallerKind, isOfC06, isRole, mayHold, needsUnit } from './roles.ts';

export type Language = 'vi' | 'en';

/** Who calls, as a verified token says it. */
export type Caller = {
  readonly kind: CallerKind;
  readonly actor: Actor;
  /** The language that the person prefers, where the token tells. */
  readonly language?: Language;
  /** The application through which the caller came, where the token tells. */
  readonly clientId?: string;
  readonly issuer: string;
  /** End of the token, ms since the epoch: what is longer (a stream of events) ends with it. */
  readonly expiresAt: number;
};

/** The units of a day: `on` is `YYYY-MM-DD` in the zone of the working calendar. */
export type UnitsOfDay = { readonly catalogue: UnitCatalogue; readonly on: string };

/** The same, and which of them C06 is (policy, `c06Unit`). */
export type Offices = UnitsOfDay & { readonly c06Unit: UnitCode };

/**
 * Reads the caller from verified claims. Roles count when the enumeration has them, the issuer may give them and the kind
 * of caller may hold them; those of C06 count in C06 alone, whatever unit an issuer gives them with. The path of the unit comes from the catalogue of the day and never from the token, so that a
 * re-organisation takes effect with the next call.
 * @throws TokenRefused CLAIMS: no usable `sub`, kind or `exp`
 * @throws DomainError EID_ERR_FORBIDDEN: no role left (`why` NO_ROLE), an officer's role without a unit (NO_UNIT), or nothing but
 *   roles of C06 in another unit (NOT_C06)
 * @throws DomainError EID_ERR_UNIT_UNKNOWN: an officer's unit that the catalogue does not have that day
 */
export function callerOf(claims: JWTPayload, issuer: TrustedIssuer, offices: Offices): Caller {
  const paths = issuer.claims ?? {};
  const id = idOf(claims, issuer);
  const kind = kindOf(claims, issuer);
  if (typeof claims.exp !== 'number') throw new TokenRefused('CLAIMS', { claim: 'exp' });
  const given = rolesOf(claims, issuer, kind);
  if (given.length === 0) throw new DomainError('EID_ERR_FORBIDDEN', { why: 'NO_ROLE', needed: 'a role' });
  const place = unitOf(claims, issuer, given, offices);
  const roles = given.filter((role) => !isOfC06(role) || place.unit === offices.c06Unit);
  if (roles.length === 0)
    throw new DomainError('EID_ERR_FORBIDDEN', { why: 'NOT_C06', role: given[0], needed: offices.c06Unit });
  const name = nameOf(textAt(claims, paths.name ?? ['name'])) ?? id;
  const language = languageOf(textAt(claims, paths.locale ?? ['locale']));
  const clientId = textAt(claims, ['client_id']) ?? textAt(claims, ['azp']);
  return {
    kind,
    actor: { id, name, roles, ...(roles.some(needsUnit) ? place : {}) },
    ...(language === undefined ? {} : { language }),
    ...(clientId === undefined ? {} : { clientId }),
    issuer: issuer.issuer,
    expiresAt: claims.exp * 1_000,
  };
}

/** Longest id that an actor may have. */
const LONGEST_ID = 120;
const LONGEST_NAME = 200;

/** Ids that would be read as something else in the log: the system's own, and personal numbers. */
const reserved = /^(system|\d{12})$/i;

function idOf(claims: JWTPayload, { idPrefix = '' }: TrustedIssuer): string {
  const sub: unknown = claims.sub;
  if (typeof sub !== 'string' || !/^[\x21-\x7e]+$/.test(sub) || reserved.test(sub))
    throw new TokenRefused('CLAIMS', { claim: 'sub' });
  const id = `${idPrefix}${sub}`;
  if (id.length > LONGEST_ID || reserved.test(id)) throw new TokenRefused('CLAIMS', { claim: 'sub' });
  return id;
}

function kindOf(claims: JWTPayload, { claims: paths }: TrustedIssuer): CallerKind {
  if (!paths?.kind) return textAt(claims, ['client_id']) === claims.sub ? 'SERVICE' : 'PERSON';
  const kind = textAt(claims, paths.kind);
  if (kind === 'PERSON' || kind === 'SERVICE') return kind;
  throw new TokenRefused('CLAIMS', { claim: paths.kind.join('.') });
}

function rolesOf(claims: JWTPayload, issuer: TrustedIssuer, kind: CallerKind): Role[] {
  const { roleNames, mayGrant, everyPerson = [] } = issuer;
  const named = wordsAt(claims, issuer.claims?.roles ?? ['roles']).flatMap((name) => {
    if (roleNames === undefined) return isRole(name) ? [name] : [];
    const role = Object.hasOwn(roleNames, name) ? roleNames[name] : undefined;
    return role === undefined ? [] : [role];
  });
  const all = new Set<Role>([...(kind === 'PERSON' ? everyPerson : []), ...named]);
  return [...all].filter((role) => mayHold(kind, role) && (mayGrant?.includes(role) ?? true));
}

/** Only officers have a unit: for anybody else it would say nothing and is left out. */
function unitOf(
  claims: JWTPayload,
  issuer: TrustedIssuer,
  roles: readonly Role[],
  { catalogue, on }: UnitsOfDay,
): Pick<Actor, 'unit' | 'unitPath'> {
  const role = roles.find(needsUnit);
  if (role === undefined) return {};
  const unit = textAt(claims, issuer.claims?.unit ?? ['unit']);
  if (unit === undefined) throw new DomainError('EID_ERR_FORBIDDEN', { why: 'NO_UNIT', role });
  return { unit, unitPath: pathOf(catalogue, unit, on) };
}

/** A name on one line, as the log may show it. */
function nameOf(text: string | undefined): string | undefined {
  const name = text
    ?.normalize('NFC')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return name ? [...name].slice(0, LONGEST_NAME).join('').slice(0, LONGEST_NAME) : undefined;
}

function languageOf(tag: string | undefined): Language | undefined {
  const language = tag?.split(/[-_]/)[0]?.toLowerCase();
  return language === 'vi' || language === 'en' ? language : undefined;
}
