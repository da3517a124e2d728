import { z } from 'zod';

/**
 * What a caller names a command by: the id under which the case carries it out once, however often it is sent. Random; a UUID will do.
 */
export const IdempotencyKey = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
export type IdempotencyKey = z.infer<typeof IdempotencyKey>;

/** Id of a command: the key that it was sent under; for an item of a list, and for a task that was claimed as the next, the key and what follows a dot. */
export const CommandId = z.string().regex(/^[A-Za-z0-9_-]{8,64}(\.([0-9a-f]{24}|\d{1,2}))?$/);
export type CommandId = z.infer<typeof CommandId>;

/** Headers of a list of commands; the version of each case stands with its item. */
export const ManyHeaders = z.object({ 'idempotency-key': IdempotencyKey });

/** Headers of every command. */
export const CommandHeaders = z.object({
  'idempotency-key': IdempotencyKey,
  /** The version of the case that the caller decided on: its `ETag`, quotes or none. Anything else stands in between: EID_ERR_VERSION. */
  'if-match': z
    .string()
    .regex(/^("[0-9]{1,9}"|[0-9]{1,9})$/)
    .optional(),
});
export type CommandHeaders = z.infer<typeof CommandHeaders>;
