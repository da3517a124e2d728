import { z } from 'zod';
// STAND-IN: the owner of domain/matching replaces this file.
export const MatchBand = z.enum(['same', 'person', 'different']);
export type MatchBand = z.infer<typeof MatchBand>;
export const FieldOutcome = z.object({ field: z.string(), band: MatchBand });
export type FieldOutcome = { readonly field: import('./registry.ts').RecordField; readonly band: MatchBand };
export const MatchingPolicy = z.any();
export type MatchingPolicy = { readonly version: string };
