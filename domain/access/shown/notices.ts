import type { Notice, NoticeEvent } from '../../../schemas/notice.ts';
import { only, type Shown } from './fact.ts';

/** One sees the notices to oneself. */
export const shownNotices = (notices: readonly Notice[], reader: string): Notice[] =>
  notices.filter(({ to }) => to.id === reader);

/** `own`: the reader's notices that the case remembers. */
export function shownNotice(event: NoticeEvent, own: readonly Notice[], reader: string): Shown {
  if (event.type === 'NoticeOrdered') return event.data.to.id === reader ? event.data : undefined;
  if (!own.some(({ id }) => id === event.data.noticeId)) return undefined;
  switch (event.type) {
    case 'NoticeDelivered':
      return only(event.data, 'noticeId', 'channel', 'receivedAt');
    case 'NoticeChannelFailed':
      return only(event.data, 'noticeId', 'channel');
    case 'NoticeHandedOver':
      return only(event.data, 'noticeId', 'at');
    case 'NoticeUndeliverable':
    case 'NoticeRetried':
      return only(event.data, 'noticeId');
  }
}
