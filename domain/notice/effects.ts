import type { NoticeChannel } from '../../schemas/enums.ts';
import type { Notice } from '../../schemas/notice.ts';
import type { NoticeTemplate } from '../../schemas/registry.ts';
import type { Effect } from '../decider.ts';
import { addressOn } from './notice.ts';

/** What the gateway of a channel is to deliver; the activity adds attempt and time. */
export type NotifyInput = {
  readonly orderId: string;
  readonly channel: NoticeChannel;
  readonly to: { readonly name: string; readonly address: string };
  readonly template: NoticeTemplate;
  readonly values: Readonly<Record<string, string>>;
};
export type NotifyEffect = Effect<'notify', NotifyInput>;

/** Question id of a notice on its present channel: every channel and every round is asked anew. */
export const noticeQuestionId = (stream: string, notice: Notice): string =>
  `${stream}.${notice.id}.${(notice.round - 1) * (notice.channels.length + 1) + notice.current + 1}`;

/** The notices that should be under way now. */
export function noticeEffects(stream: string, notices: readonly Notice[]): NotifyEffect[] {
  return notices.flatMap((notice) => {
    const channel = notice.channels[notice.current];
    const address = channel && addressOn(channel, notice.to);
    if (notice.status !== 'SENDING' || !channel || address === undefined) return [];
    const orderId = noticeQuestionId(stream, notice);
    const { template, values } = notice;
    const to = { name: notice.to.name, address };
    return [{ key: orderId, kind: 'notify' as const, input: { orderId, channel, to, template, values } }];
  });
}
