import { z } from 'zod';
import { LocalDate } from '../../schemas/codes.ts';
import { RecordValues, RegistryStatus } from '../../schemas/registry.ts';
import { Fault } from '../rehearsal/fault.ts';

/** One record of a mock registry, with the way in which it misbehaves when it is looked up. */
export const MockRecord = z.strictObject({
  keys: z.strictObject({
    code: z.string().optional(),
    taxCode: z.string().optional(),
    personNumber: z.string().optional(),
  }),
  status: RegistryStatus.default('ACTIVE'),
  statusSince: LocalDate.optional(),
  values: RecordValues,
  fault: Fault.optional(),
  /** For `SLOW` the delay, for `UNAVAILABLE` when to ask again, in ms. */
  faultMs: z.int().nonnegative().optional(),
  /** How often the fault shows before the record behaves; for ever when absent. */
  faultTimes: z.int().positive().optional(),
});
export type MockRecord = z.infer<typeof MockRecord>;

/** Data file of a mock registry. */
export const MockData = z.strictObject({ records: z.array(MockRecord) });
export type MockData = z.infer<typeof MockData>;
