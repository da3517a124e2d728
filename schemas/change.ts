import { z } from 'zod';
import { EnterpriseCode, IdentificationNumber, Instant, LocalDate, TaxCode } from './codes.ts';
import { ElectronicIdentity } from './dossier.ts';
import { RecordField, Registry, RegistryStatus } from './registry.ts';

/** By what a registry names an organisation: its codes, or the identification number where it knows that. */
export const ChangeSubject = z
  .object({
    code: EnterpriseCode.optional(),
    taxCode: TaxCode.optional(),
    identificationNumber: IdentificationNumber.optional(),
  })
  .refine(
    (subject) => Object.values(subject).some((value) => value !== undefined),
    'EID_ERR_SHAPE_CHANGE_SUBJECT',
  );
export type ChangeSubject = z.infer<typeof ChangeSubject>;

const { names, headOffice, establishedOn, representative } = ElectronicIdentity.shape;

/** Values that changed, each of the shape that an electronic identity takes: one that is not is refused at the edge. */
export const ChangedValues = z.object({
  name_vi: names.shape.vi.exactOptional(),
  name_abbr: names.shape.abbr.unwrap().exactOptional(),
  name_en: names.shape.foreign.unwrap().exactOptional(),
  address: headOffice.exactOptional(),
  representative_name: representative.shape.name.exactOptional(),
  representative_id: representative.shape.number.exactOptional(),
  established_on: establishedOn.exactOptional(),
  tax_code: TaxCode.exactOptional(),
  enterprise_code: EnterpriseCode.exactOptional(),
} satisfies Record<RecordField, z.ZodType>);
export type ChangedValues = z.infer<typeof ChangedValues>;

/**
 * What a registry publishes when a record changes (Art 8), on `changes.<registry>`. `subject` names the record as it was before the
 * change. `changedAt` is the registry's own time of the change and orders changes of a record; of equal times the greater
 * `revision` is later. `values` holds the fields that changed. Fields may be added in later versions; a reader ignores
 * what it does not know.
 */
export const RegistryChange = z.object({
  schema: z.literal('registry-change/1'),
  /** Identifies this change; the same change sent again carries the same id. */
  id: z.string().min(1).max(200),
  registry: Registry,
  reference: z.string().min(1).max(200),
  changedAt: Instant,
  revision: z.int().nonnegative().default(0),
  correlationId: z.string().max(120).optional(),
  subject: ChangeSubject,
  values: ChangedValues.default({}),
  status: RegistryStatus.optional(),
  statusSince: LocalDate.optional(),
  /** The organisation was merged into another one, which goes on. */
  mergedInto: ChangeSubject.optional(),
});
export type RegistryChange = z.infer<typeof RegistryChange>;

/** What became of an incoming change; only `TAKEN` is in an account's log. */
export const ChangeDisposition = z.enum([
  'TAKEN',
  'DUPLICATE',
  /** No account and no open request holds these codes. */
  'UNKNOWN',
  /** The request is still under way; taken up when the account opens. */
  'NOT_YET_OPEN',
  /** The organisation is dissolved: nothing changes any more. */
  'AFTER_END',
  /** A new code belongs to another organisation here; a person looks at it. */
  'CONFLICT',
  'MALFORMED',
  'MISADDRESSED',
]);
export type ChangeDisposition = z.infer<typeof ChangeDisposition>;

/** One value of one field, from where and when: what an account keeps of every field, earlier values included. */
export const KeptValue = z.strictObject({
  field: RecordField,
  value: z.string(),
  source: z.union([Registry, z.literal('DOSSIER')]),
  reference: z.string().optional(),
  changedAt: Instant,
  revision: z.int().nonnegative(),
  takenAt: Instant,
});
export type KeptValue = z.infer<typeof KeptValue>;

/** What an account made of one field of a change. */
export const FieldChange = z.strictObject({
  field: RecordField,
  value: z.string(),
  before: z.string().optional(),
  /** `CURRENT`: it is the value now; `EARLIER`: a later one was known; `OTHER_SOURCE`: another registry's word goes before. */
  became: z.enum(['CURRENT', 'EARLIER', 'OTHER_SOURCE', 'SAME']),
});
export type FieldChange = z.infer<typeof FieldChange>;
