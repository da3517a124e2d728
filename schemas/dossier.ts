import { z } from 'zod';
import {
  CommuneCode,
  ElectronicCode,
  EnterpriseCode,
  IdentificationNumber,
  LocalDate,
  PersonNumber,
  TaxCode,
  words,
} from './codes.ts';
import { OrganisationCategory, OrganisationFacet, RegistrantKind } from './enums.ts';

/** ISO 3166-1 alpha-2; `VN` for Vietnamese citizens. */
export const Nationality = z.string().regex(/^[A-Z]{2}$/, 'EID_ERR_SHAPE_NATIONALITY');
export type Nationality = z.infer<typeof Nationality>;

/** A natural person as a dossier names one. */
export const Person = z.strictObject({
  name: words(200),
  number: PersonNumber,
  nationality: Nationality,
});
export type Person = z.infer<typeof Person>;

/** Part A of form TK02, with what VNeID knows about the person who registers. `accountLevel` 0: no account. */
export const Registrant = z.strictObject({
  ...Person.shape,
  kind: RegistrantKind,
  accountLevel: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  /** Number and date of the authorisation, for an authorised person. */
  authorisation: words(200).optional(),
  mobile: z
    .string()
    .regex(/^\+?\d{9,15}$/)
    .optional(),
  email: z.email().optional(),
});
export type Registrant = z.infer<typeof Registrant>;

/** Head-office address; `commune` decides which commune police verifies locally. */
export const Address = z.strictObject({ text: words(500), commune: CommuneCode });
export type Address = z.infer<typeof Address>;

/** Another legal representative, whose agreement Art 12 asks for; `id` is the opaque id that person acts under. */
export const OtherRepresentative = z.strictObject({ ...Person.shape, id: z.string().min(1).max(120) });
export type OtherRepresentative = z.infer<typeof OtherRepresentative>;

/** Form TK02, part B: the organisation. Fields a complete dossier needs are decided by policy, not by this shape. */
export const Organisation = z.strictObject({
  nameVi: words(300),
  nameAbbr: words(100).optional(),
  nameEn: words(300).optional(),
  establishedOn: LocalDate.optional(),
  address: Address,
  fieldOfActivity: words(300).optional(),
  code: EnterpriseCode.optional(),
  electronicCode: ElectronicCode.optional(),
  businessField: words(300).optional(),
  businessLines: z.array(words(300)).optional(),
  taxCode: TaxCode.optional(),
  representative: Person.optional(),
  category: OrganisationCategory,
  facets: z.array(OrganisationFacet).default([]),
  /** Established, or registered to operate, in Viet Nam (Art 7(3)). */
  establishedInVietnam: z.boolean(),
});
export type Organisation = z.infer<typeof Organisation>;

/** Form TK02 (Phiếu đề nghị cấp tài khoản định danh điện tử – dùng cho cơ quan, tổ chức). */
export const Dossier = z.strictObject({
  registrant: Registrant,
  organisation: Organisation,
  otherRepresentatives: z.array(OtherRepresentative).default([]),
  /** Part C, the undertaking that what is declared is true. */
  undertaking: z.boolean(),
  containsStateSecret: z.boolean(),
});
export type Dossier = z.infer<typeof Dossier>;

/** The eight items of an organisation's electronic identity (Decree 69/2024 Art 6). */
export const ElectronicIdentity = z.strictObject({
  identificationNumber: IdentificationNumber,
  names: z.strictObject({ vi: words(300), abbr: words(100).optional(), foreign: words(300).optional() }),
  establishedOn: LocalDate,
  headOffice: words(500),
  taxCode: TaxCode.optional(),
  enterpriseCode: EnterpriseCode.optional(),
  electronicCode: ElectronicCode.optional(),
  representative: Person,
});
export type ElectronicIdentity = z.infer<typeof ElectronicIdentity>;
