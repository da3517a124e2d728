import { z } from 'zod';
import { Instant } from './codes.ts';
import { NoticeChannel } from './enums.ts';
import { NoticeTemplate } from './registry.ts';

/** Where a person can be reached. The opaque `id` stands for the VNeID account. */
export const Contact = z.strictObject({
  id: z.string(),
  name: z.string(),
  mobile: z.string().optional(),
  email: z.string().optional(),
});
export type Contact = z.infer<typeof Contact>;

/** One notice: tried on its channels in turn until one delivers. */
export const Notice = z.strictObject({
  id: z.string(),
  template: NoticeTemplate,
  values: z.record(z.string(), z.string()),
  to: Contact,
  channels: z.array(NoticeChannel),
  /** Index into `channels` of the one in use; equal to their number when all failed. */
  current: z.int().nonnegative(),
  round: z.int().positive(),
  status: z.enum(['SENDING', 'DELIVERED', 'FAILED', 'HANDED_OVER']),
  since: Instant,
});
export type Notice = z.infer<typeof Notice>;

export const NoticeCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('RecordNoticeOutcome'),
    data: z.strictObject({
      orderId: z.string(),
      outcome: z.enum(['DELIVERED', 'FAILED']),
      at: Instant.optional(),
      reference: z.string().optional(),
      detail: z.string().optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('ResolveNotice'),
    data: z.strictObject({
      taskId: z.string(),
      action: z.enum(['RETRY', 'HANDED_OVER']),
      note: z.string().max(2000),
    }),
  }),
]);
export type NoticeCommand = z.infer<typeof NoticeCommand>;

export const NoticeEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('NoticeOrdered'),
    data: z.strictObject({
      noticeId: z.string(),
      template: NoticeTemplate,
      values: z.record(z.string(), z.string()),
      to: Contact,
      channels: z.array(NoticeChannel),
    }),
  }),
  z.strictObject({
    type: z.literal('NoticeDelivered'),
    data: z.strictObject({
      noticeId: z.string(),
      channel: NoticeChannel,
      receivedAt: Instant,
      reference: z.string().optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('NoticeChannelFailed'),
    data: z.strictObject({ noticeId: z.string(), channel: NoticeChannel, detail: z.string() }),
  }),
  z.strictObject({ type: z.literal('NoticeUndeliverable'), data: z.strictObject({ noticeId: z.string() }) }),
  z.strictObject({ type: z.literal('NoticeRetried'), data: z.strictObject({ noticeId: z.string() }) }),
  z.strictObject({
    type: z.literal('NoticeHandedOver'),
    data: z.strictObject({ noticeId: z.string(), note: z.string(), at: Instant }),
  }),
]);
export type NoticeEvent = z.infer<typeof NoticeEvent>;
