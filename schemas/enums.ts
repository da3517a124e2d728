import { z } from 'zod';

/** Who acts for the organisation (Art 12). */
export const RegistrantKind = z.enum(['LEGAL_REPRESENTATIVE', 'HEAD', 'AUTHORISED_PERSON']);
export type RegistrantKind = z.infer<typeof RegistrantKind>;

/** The four types that VNeID offers (practice; procedure.md fact 11). */
export const OrganisationCategory = z.enum(['ENTERPRISE', 'COOPERATIVE', 'TAXCODE_ORG', 'OTHER_ORG']);
export type OrganisationCategory = z.infer<typeof OrganisationCategory>;

/** Campaign facets of an organisation (procedure.md 3.4). */
export const OrganisationFacet = z.enum([
  'STATE_AGENCY',
  'PARTY_BODY',
  'POLITICAL_SOCIAL_ORG',
  'POLICE',
  'ARMED_FORCES',
  'SCHOOL',
  'HOUSEHOLD_BUSINESS',
  'INDUSTRIAL_ZONE',
  'ECOMMERCE_SELLER',
]);
export type OrganisationFacet = z.infer<typeof OrganisationFacet>;

/** How a request is filed (Art 12). */
export const Channel = z.enum(['VNEID_APP', 'VNEID_WEB', 'IN_PERSON_TK02']);
export type Channel = z.infer<typeof Channel>;

/** How an order to lock or unlock is filed: form TK03 by hand or by post (Decision 5709/QĐ-BCA-C06). */
export const LockChannel = z.enum(['IN_PERSON_TK03', 'POST']);
export type LockChannel = z.infer<typeof LockChannel>;

/** How a notice reaches its addressee (Art 12): VNeID, the owner's registered mobile number, e-mail. */
export const NoticeChannel = z.enum(['VNEID', 'SMS', 'EMAIL']);
export type NoticeChannel = z.infer<typeof NoticeChannel>;

/** Reasons of return and refusal (procedure.md 3.4). */
export const Reason = z.enum([
  'NOT_ELIGIBLE',
  'DB_AUTHENTICATION_FAILED',
  'LOCAL_VERIFICATION_FAILED',
  'INCOMPLETE_DOSSIER',
  'REGISTRANT_NOT_LEVEL_2',
  'REGISTRANT_NOT_AUTHORISED',
  'OTHER_REP_CONSENT_MISSING',
  'OTHER_REP_CONSENT_REFUSED',
  'ORG_NOT_ESTABLISHED_OR_REGISTERED_IN_VN',
  'FOREIGN_REP_WITHOUT_EID',
  'ORG_DISSOLVED_OR_CEASED',
  'NAME_MISMATCH',
  'TAX_CODE_MISMATCH',
  'ENTERPRISE_CODE_MISMATCH',
  'REPRESENTATIVE_MISMATCH',
  'ADDRESS_MISMATCH',
  'ESTABLISHMENT_DATE_MISMATCH',
  'ACCOUNT_ALREADY_EXISTS',
  'DUPLICATE_REQUEST',
  'FALSE_INFORMATION',
]);
export type Reason = z.infer<typeof Reason>;

/**
 * What a person or a process may do in the system. An AUDITOR reads and decides nothing; a SERVICE is another system that
 * acts on its own account; SYSTEM is this one, and comes from no token.
 */
export const Role = z.enum([
  'REGISTRANT',
  'REPRESENTATIVE',
  'RECEPTION_OFFICER',
  'VERIFICATION_OFFICER',
  'UNIT_HEAD',
  'C06_OFFICER',
  'C06_DIRECTOR',
  'CALL_CENTRE',
  'BODY_OFFICER',
  'AUTHORITY',
  'AUDITOR',
  'SERVICE',
  'SYSTEM',
]);
export type Role = z.infer<typeof Role>;

/** Confidence in a legal parameter (procedure.md 0). */
export const Confidence = z.enum(['V', 'S', 'P', 'NF', 'PROPOSAL']);
export type Confidence = z.infer<typeof Confidence>;
