import { z } from 'zod';
import { IdentificationNumber, Instant } from './codes.ts';
import { LockGroundCode, RelyingService } from './lock.ts';

/** What relying services see of an account. `LOCKED` whatever it was locked from. */
export const PublicStatus = z.enum(['ISSUED', 'ACTIVATION_OVERDUE', 'ACTIVE', 'LOCKED']);
export type PublicStatus = z.infer<typeof PublicStatus>;

/**
 * Value of the status bucket under an identification number. `seq` counts the times that the account was locked or
 * unlocked; `position` is the log position of the account's last event when this was made; `at` that event's domain time.
 * Fields may be added in later versions; a reader ignores what it does not know.
 */
export const AccountStatusEntry = z.object({
  schema: z.literal('account-status/1'),
  number: IdentificationNumber,
  status: PublicStatus,
  grounds: z.array(LockGroundCode),
  seq: z.int().nonnegative(),
  position: z.int().positive(),
  at: Instant,
});
export type AccountStatusEntry = z.infer<typeof AccountStatusEntry>;

/** Under the key `head`: every account event up to `position` is in the bucket; written again at least every few seconds. */
export const StatusHead = z.object({
  schema: z.literal('account-status-head/1'),
  position: z.int().nonnegative(),
  at: Instant,
});
export type StatusHead = z.infer<typeof StatusHead>;

/** A relying service says that it obeys a lock, on `acks.<service>`. */
export const StatusAcknowledgement = z.object({
  schema: z.literal('status-acknowledgement/1'),
  id: z.string().min(1).max(200),
  service: RelyingService.shape.id,
  number: IdentificationNumber,
  seq: z.int().positive(),
  at: Instant,
});
export type StatusAcknowledgement = z.infer<typeof StatusAcknowledgement>;
