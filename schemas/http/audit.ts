import { z } from 'zod';
import { Instant, StreamId, UnitCode } from '../codes.ts';
import { whole } from './query.ts';

const moment = z.string().min(1).max(60);
const LAST = 999_999_999_999_999;

/** A moment of the past, named in one of three ways; the present without any. */
export const MomentParameters = z.strictObject({
  at: moment.optional().describe('as the log stood at this instant (ISO 8601 with a zone)'),
  position: whole(0, LAST).optional().describe('as the log stood after its first so many events'),
  version: whole(1, 999_999_999).optional().describe('as the case stood after its first so many events'),
});
export type MomentParameters = z.infer<typeof MomentParameters>;

export const DifferencesParameters = z.strictObject({
  from: moment.describe('an instant (ISO 8601 with a zone), `position:N` or `version:N`'),
  to: moment.optional().describe('the same; now when not given'),
});
export type DifferencesParameters = z.infer<typeof DifferencesParameters>;

export const AuditHistoryParameters = z.strictObject({
  after: whole(0, 999_999_999).default(0).describe('the version that is known already'),
  limit: whole(1, 1000).default(200).describe('200 when not given'),
});
export type AuditHistoryParameters = z.infer<typeof AuditHistoryParameters>;

export const NarrativeFormat = z.enum(['text', 'html', 'pdf']);
export type NarrativeFormat = z.infer<typeof NarrativeFormat>;

export const NarrativeParameters = z.strictObject({
  lang: z.enum(['vi', 'en']).optional().describe('by `Accept-Language` when not given'),
  format: NarrativeFormat.default('text').describe('text when not given'),
});
export type NarrativeParameters = z.infer<typeof NarrativeParameters>;

export const AccountsParameters = MomentParameters.omit({ version: true });
export type AccountsParameters = z.infer<typeof AccountsParameters>;

export const BundleParameters = z.strictObject({
  case: StreamId.optional().describe('one case'),
  unit: UnitCode.optional().describe('all cases of a unit'),
  from: Instant.optional().describe('what was recorded from this instant on, with `to`'),
  to: Instant.optional().describe('up to and without this instant'),
  all: z.enum(['true']).optional().describe('the whole log'),
  since: whole(0, LAST)
    .optional()
    .describe('size of an earlier checkpoint: the bundle shows that the log goes on from it'),
});
export type BundleParameters = z.infer<typeof BundleParameters>;
