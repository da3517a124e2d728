import { z } from 'zod';

/**
 * What a caller names a command by: the id under which the case carries it out once, however often it is sent. Random; a UUID will do.
 */
export const IdempotencyKey = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
export type IdempotencyKey = z.infer<typeof IdempotencyKey>;

/** Headers of every command. */
export const CommandHeaders = z.object({
  'idempotency-key': IdempotencyKey,
  /** The version of the case that the caller decided on: its `ETag`. Anything else stands in between: EID_ERR_VERSION. */
  'if-match': z
    .string()
    .regex(/^"\d{1,9}"$/)
    .optional(),
});
export type CommandHeaders = z.infer<typeof CommandHeaders>;
