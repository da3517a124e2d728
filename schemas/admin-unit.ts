import { z } from 'zod';
import { CommuneCode, LocalDate, UnitCode } from './codes.ts';
import { Confidence } from './enums.ts';

export const UnitLevel = z.enum(['MINISTRY', 'PROVINCE', 'COMMUNE']);
export type UnitLevel = z.infer<typeof UnitLevel>;

/** Both days belong to the period; without `validTo` it is open. */
const validity = { validFrom: LocalDate, validTo: LocalDate.optional() };

/** Code of a province in the catalogue (internal to this system). */
export const ProvinceCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]*$/, 'EID_ERR_SHAPE_PROVINCE_CODE');
export type ProvinceCode = z.infer<typeof ProvinceCode>;

/** A police unit. A code may come back with another, not overlapping period. */
export const PoliceUnit = z.strictObject({
  code: UnitCode,
  name: z.string().min(1),
  nameEn: z.string().min(1).optional(),
  level: UnitLevel,
  /** The unit above; only the ministry's has none. */
  parent: UnitCode.optional(),
  /** Province whose communes fall to this unit when none of their own verifies; for level PROVINCE. */
  province: ProvinceCode.optional(),
  ...validity,
  /** Has an ID-card section, so that dossiers can be filed there. */
  receivesDossiers: z.boolean(),
  verifiesCommunes: z.array(CommuneCode),
  basis: z.string().min(1),
  confidence: Confidence,
  note: z.string().optional(),
});
export type PoliceUnit = z.infer<typeof PoliceUnit>;

/** A commune, ward or town. `successors` absent: not known; one: the whole commune went there. */
export const Commune = z.strictObject({
  code: CommuneCode,
  name: z.string().min(1),
  oldNames: z.array(z.string().min(1)).optional(),
  district: z.string().min(1).optional(),
  province: ProvinceCode,
  ...validity,
  successors: z.array(CommuneCode).min(1).optional(),
  basis: z.string().min(1),
  confidence: Confidence,
});
export type Commune = z.infer<typeof Commune>;

/** Police units and communes with their periods: one version of the catalogue. Codes are the project's own. */
export const UnitCatalogue = z.strictObject({
  version: z.string().min(1),
  source: z.string().min(1),
  notes: z.array(z.string()),
  units: z.array(PoliceUnit).min(1),
  communes: z.array(Commune),
});
export type UnitCatalogue = z.infer<typeof UnitCatalogue>;
