import { z } from 'zod';
import { type ErrorCode, errorTable } from '../errors.ts';

const codes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

/**
 * Problem details (RFC 9457). `title` and `next` are in the caller's language; `code` is stable. `details` name fields, units and roles, never
 * personal data.
 */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.enum(codes),
  /** What to do about it. */
  next: z.string(),
  details: z.record(z.string(), z.unknown()),
  /** Of this request, to be quoted in a report. */
  correlationId: z.string(),
});
export type Problem = z.infer<typeof Problem>;
