import { z } from 'zod';
import { UnitCode } from './codes.ts';

/** A police unit with the path from it up to the ministry, itself first. */
export const UnitPlace = z.strictObject({ unit: UnitCode, name: z.string(), path: z.array(UnitCode).min(1) });
export type UnitPlace = z.infer<typeof UnitPlace>;

/** The units a request concerns, resolved at the edge from the catalogue valid that day and recorded with its version. */
export const Jurisdiction = z.strictObject({
  catalogueVersion: z.string(),
  reception: UnitPlace,
  /** True when the reception unit is a PC06. */
  receptionIsPc06: z.boolean(),
  verification: UnitPlace,
  /** Why this unit verifies, when it is not the commune's own. */
  verificationWhy: z.string(),
});
export type Jurisdiction = z.infer<typeof Jurisdiction>;
