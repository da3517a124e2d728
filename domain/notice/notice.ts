import type { Fact } from '../../schemas/case.ts';
import type { NoticeChannel } from '../../schemas/enums.ts';
import type { Contact, Notice, NoticeEvent } from '../../schemas/notice.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { NoticeTemplate } from '../../schemas/registry.ts';
import { highestNumber } from '../numbering.ts';

type NoticeOrdered = Extract<NoticeEvent, { type: 'NoticeOrdered' }>;

/** Where a channel reaches the person, if it does. */
export function addressOn(channel: NoticeChannel, to: Contact): string | undefined {
  switch (channel) {
    case 'VNEID':
      return to.id;
    case 'SMS':
      return to.mobile;
    case 'EMAIL':
      return to.email;
  }
}

/** Orders a notice on the channels of the policy that reach the person, in the policy's order (Art 12 step 3). */
export function orderNotice(
  notices: readonly Notice[],
  template: NoticeTemplate,
  to: Contact,
  values: Readonly<Record<string, string>>,
  policy: Pick<CasePolicy, 'noticeChannels'>,
): NoticeOrdered {
  const channels = policy.noticeChannels.filter((channel) => addressOn(channel, to) !== undefined);
  return {
    type: 'NoticeOrdered',
    data: {
      noticeId: `notice${highestNumber(notices, 'notice') + 1}`,
      template,
      values: { ...values },
      to,
      channels,
    },
  };
}

const noticeEventTypes: ReadonlySet<string> = new Set<NoticeEvent['type']>([
  'NoticeOrdered',
  'NoticeDelivered',
  'NoticeChannelFailed',
  'NoticeUndeliverable',
  'NoticeRetried',
  'NoticeHandedOver',
]);

export const isNoticeEvent = (event: Fact<{ type: string; data: unknown }>): event is Fact<NoticeEvent> =>
  noticeEventTypes.has(event.type);

function evolveNotice(notice: Notice, event: Fact<NoticeEvent>): Notice {
  switch (event.type) {
    case 'NoticeOrdered':
      return notice;
    case 'NoticeDelivered':
      return { ...notice, status: 'DELIVERED' };
    case 'NoticeChannelFailed':
      return { ...notice, current: notice.current + 1, since: event.at };
    case 'NoticeUndeliverable':
      return { ...notice, status: 'FAILED' };
    case 'NoticeRetried':
      return { ...notice, status: 'SENDING', current: 0, round: notice.round + 1, since: event.at };
    case 'NoticeHandedOver':
      return { ...notice, status: 'HANDED_OVER' };
  }
}

/** The notices of a case after one of their events. */
export function evolveNotices(notices: readonly Notice[], event: Fact<NoticeEvent>): Notice[] {
  if (event.type !== 'NoticeOrdered') {
    return notices.map((notice) =>
      notice.id === event.data.noticeId ? evolveNotice(notice, event) : notice,
    );
  }
  const { noticeId, template, values, to, channels } = event.data;
  return [
    ...notices,
    {
      id: noticeId,
      template,
      values,
      to,
      channels,
      current: 0,
      round: 1,
      status: 'SENDING',
      since: event.at,
    },
  ];
}

/** Whether a notice is still on its way, or waits for a person to deliver it. */
export const isPending = (notice: Notice): boolean =>
  notice.status === 'SENDING' || notice.status === 'FAILED';

/**
 * The notices without those that were settled long ago: all that are pending, and the newest of the others. The newest of all is
 * always among them, since the next notice counts on from its id.
 */
export function withoutOldNotices(notices: Notice[], settled: number): Notice[] {
  const old = notices.filter((notice) => !isPending(notice)).slice(0, -Math.max(settled, 1));
  if (old.length === 0) return notices;
  const forgotten = new Set(old.map(({ id }) => id));
  return notices.filter(({ id }) => !forgotten.has(id));
}
