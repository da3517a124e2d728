import { z } from 'zod';
import { ChangeSubject } from '../../schemas/change.ts';
import { Instant, LocalDate } from '../../schemas/codes.ts';
import { RecordValues, RegistryStatus } from '../../schemas/registry.ts';

/**
 * Command to a mock registry: alters its own record, so that later look-ups answer with the new data, and publishes the
 * change. The record is found by `key` (its code, tax code or personal number); a change of nobody's record needs a `subject`.
 */
export const ChangeCommand = z.strictObject({
  command: z.literal('change'),
  key: z.string().min(1),
  values: RecordValues.optional(),
  status: RegistryStatus.optional(),
  statusSince: LocalDate.optional(),
  mergedInto: ChangeSubject.optional(),
  /** How the published change names the organisation; by the record's codes before the change when absent. */
  subject: ChangeSubject.optional(),
  /** A random id, and the time of the command, when absent. */
  id: z.string().optional(),
  changedAt: Instant.optional(),
  revision: z.int().nonnegative().optional(),
  /**
   * `TWICE` sends the same change as two messages, `AFTER_NEXT` keeps it back until the next change went out, `NEVER` alters the
   * record and tells nobody.
   */
  publish: z.enum(['ONCE', 'TWICE', 'AFTER_NEXT', 'NEVER']).default('ONCE'),
});
export type ChangeCommand = z.infer<typeof ChangeCommand>;

/** Command to a mock registry: publishes a change of each of its first records at once, each restating what the record holds. */
export const BurstCommand = z.strictObject({
  command: z.literal('burst'),
  count: z.int().positive().max(100_000),
});
export type BurstCommand = z.infer<typeof BurstCommand>;
