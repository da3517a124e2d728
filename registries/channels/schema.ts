import { z } from 'zod';

/** What a mock channel does with notices to an address; `*` stands for every address without a rule of its own. */
export const ChannelRule = z.strictObject({
  match: z.string().min(1),
  outcome: z.enum(['DELIVERED', 'FAILED', 'SILENT']),
  /** Time until the receipt, in ms. */
  afterMs: z.int().nonnegative().default(0),
});
export type ChannelRule = z.infer<typeof ChannelRule>;

/** Data file of a mock channel. Without a rule a notice is delivered at once. */
export const ChannelData = z.strictObject({ rules: z.array(ChannelRule) });
export type ChannelData = z.infer<typeof ChannelData>;
