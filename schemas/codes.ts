import { z } from 'zod';

/** Text that says something; spaces around it are taken off. The pattern says to readers of the JSON Schema what trimming does. */
export const words = (max: number) => z.string().trim().min(1, { abort: true }).max(max).regex(/\S/);

/** Calendar date in the zone of the working calendar, `YYYY-MM-DD`. */
export const LocalDate = z.iso.date();
export type LocalDate = z.infer<typeof LocalDate>;

/** Instant in UTC, ISO 8601 with milliseconds, `2025-04-02T01:00:00.000Z`. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;

/**
 * Tax code: 10 digits, or 13 digits written `10-3` for a dependent unit with 001–999
 * (Circular 86/2024/TT-BTC Art 5). The check digit's algorithm was not found, so only the shape is checked.
 */
export const TaxCode = z.string().regex(/^\d{10}(-(?!000)\d{3})?$/, 'EID_ERR_SHAPE_TAX_CODE');
export type TaxCode = z.infer<typeof TaxCode>;

/** Enterprise, cooperative or dependent-unit code: these are tax codes (Circular 86/2024/TT-BTC Art 5). */
export const EnterpriseCode = z.string().regex(/^\d{10}(-(?!000)\d{3})?$/, 'EID_ERR_SHAPE_ENTERPRISE_CODE');
export type EnterpriseCode = z.infer<typeof EnterpriseCode>;

/** Personal identification number of a Vietnamese citizen: 12 digits (Law on Identity 2023). */
export const PersonalNumber = z.string().regex(/^\d{12}$/, 'EID_ERR_SHAPE_PERSONAL_NUMBER');
export type PersonalNumber = z.infer<typeof PersonalNumber>;

/** A person's number in a dossier: a citizen's, or the identification number of a foreigner (shape not found). */
export const PersonNumber = words(35);
export type PersonNumber = z.infer<typeof PersonNumber>;

/**
 * Electronic identification code (Decision 20/2020/QĐ-TTg Arts 4–5): at most 35 characters, upper-case letters and
 * digits in groups separated by dots; for enterprises and cooperatives it equals their code.
 */
export const ElectronicCode = z
  .string()
  .max(35)
  .regex(/^[0-9A-Z]+([.-][0-9A-Z]+)*$/, 'EID_ERR_SHAPE_ELECTRONIC_CODE');
export type ElectronicCode = z.infer<typeof ElectronicCode>;

/** Identification number of an organisation: a unique natural number; length and prefix were not found (Art 6). */
export const IdentificationNumber = z.string().regex(/^[1-9]\d*$/, 'EID_ERR_SHAPE_IDENTIFICATION_NUMBER');
export type IdentificationNumber = z.infer<typeof IdentificationNumber>;

/** Code of a police unit in the unit catalogue (internal to this system). */
export const UnitCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]*$/, 'EID_ERR_SHAPE_UNIT_CODE');
export type UnitCode = z.infer<typeof UnitCode>;

/** Code of a commune, ward or town in the unit catalogue (internal to this system). */
export const CommuneCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]*$/, 'EID_ERR_SHAPE_COMMUNE_CODE');
export type CommuneCode = z.infer<typeof CommuneCode>;

/** Stream of a case, also its Temporal workflow id: `<case type>-<id>`. */
export const StreamId = z
  .string()
  .max(120)
  .regex(
    /^(registration|account|lock-order|verification)-[A-Za-z0-9][A-Za-z0-9_-]*$/,
    'EID_ERR_SHAPE_STREAM',
  );
export type StreamId = z.infer<typeof StreamId>;
