import { z } from 'zod';
import { OrganisationCategory } from '../../schemas/enums.ts';
import type { Registry, RegistryQuery } from '../../schemas/registry.ts';

/** A record as a query names it. */
export const CaseSubject = z.strictObject({
  category: OrganisationCategory.default('ENTERPRISE'),
  code: z.string().min(1).optional(),
  taxCode: z.string().min(1).optional(),
  nameVi: z.string().default('Công ty TNHH Kiểm Tra'),
  personNumber: z.string().min(1).optional(),
});
export type CaseSubject = z.infer<typeof CaseSubject>;

/** What the check asks about. `--cases FILE.json` has this shape; `--known` and `--unknown` give the first two. */
export const CheckCases = z.strictObject({
  /** A record that the registry holds. */
  known: CaseSubject,
  /** A record that it does not hold. */
  unknown: CaseSubject,
  /** A record for which the registry says "ask again later", where it can be told to. */
  unavailable: CaseSubject.optional(),
  /** A record about which the registry will not answer, where there is one. */
  refused: CaseSubject.optional(),
});
export type CheckCases = z.infer<typeof CheckCases>;

type Key = 'code' | 'taxCode' | 'personNumber';

/** By what a registry is asked (Circular 86/2024/TT-BTC Art 5: a code of an enterprise is its tax code). */
export function keysOf(party: Registry): readonly Key[] {
  switch (party) {
    case 'BUSINESS':
    case 'COOPERATIVE':
      return ['code'];
    case 'TAX':
      return ['taxCode', 'code'];
    case 'POPULATION':
      return ['personNumber'];
  }
}

/** The record that a registry keeps under a code. */
export function subjectOf(party: Registry, code: string): CaseSubject {
  const keys = Object.fromEntries(keysOf(party).map((key) => [key, code]));
  return CaseSubject.parse({ ...keys, category: party === 'COOPERATIVE' ? 'COOPERATIVE' : 'ENTERPRISE' });
}

/** The same record named by one key only, or undefined when that key is not given. */
export function byKey(subject: CaseSubject, key: Key): RegistryQuery['subject'] | undefined {
  const { category, nameVi } = subject;
  const value = subject[key];
  return value === undefined ? undefined : { category, nameVi, [key]: value };
}
