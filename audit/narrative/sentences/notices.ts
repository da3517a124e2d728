import type { NoticeEvent } from '../../../schemas/notice.ts';
import { NoticeTemplate } from '../../../schemas/registry.ts';
import { type Both, both, en, listed, quoted, vi } from '../both.ts';
import { type Tellers, type Telling, time } from '../teller.ts';
import { inWords } from '../terms/codes.ts';
import { noticeChannels, notices } from '../terms/common.ts';

function about({ notice }: Telling, noticeId: string): Both {
  const template = NoticeTemplate.safeParse(notice(noticeId));
  return template.success ? notices[template.data] : both('thông báo', 'notice');
}

export const noticeTellers: Tellers<NoticeEvent> = {
  NoticeOrdered: ({ template, to, channels }) => {
    const through = listed(channels.map((channel) => noticeChannels[channel]));
    return {
      vi: vi`Gửi thông báo “${notices[template]}” cho ${to.name} (lần lượt qua ${through})`,
      en: en`Notice “${notices[template]}” goes out to ${to.name} (in turn through ${through})`,
      parameter: 'noticeChannels',
    };
  },
  NoticeDelivered: ({ noticeId, channel, receivedAt }, telling) => ({
    vi: vi`Thông báo “${about(telling, noticeId)}” đã đến qua ${noticeChannels[channel]} lúc ${time(receivedAt)}`,
    en: en`Notice “${about(telling, noticeId)}” was received through ${noticeChannels[channel]} at ${time(receivedAt)}`,
    parameter: 'noticeChannels',
  }),
  NoticeChannelFailed: ({ noticeId, channel, detail }, telling) => ({
    vi: vi`Không gửi được thông báo “${about(telling, noticeId)}” qua ${noticeChannels[channel]}: ${inWords(detail)}`,
    en: en`Notice “${about(telling, noticeId)}” could not be delivered through ${noticeChannels[channel]}: ${inWords(detail)}`,
    parameter: 'noticeChannels',
  }),
  NoticeUndeliverable: ({ noticeId }, telling) => ({
    vi: vi`Không kênh nào gửi được thông báo “${about(telling, noticeId)}”`,
    en: en`No channel delivers notice “${about(telling, noticeId)}”`,
    parameter: 'noticeChannels',
  }),
  NoticeRetried: ({ noticeId }, telling) => ({
    vi: vi`Gửi lại thông báo “${about(telling, noticeId)}”`,
    en: en`Notice “${about(telling, noticeId)}” is sent again`,
    parameter: 'noticeChannels',
  }),
  NoticeHandedOver: ({ noticeId, note, at }, telling) => ({
    vi: vi`Cán bộ thông báo trực tiếp “${about(telling, noticeId)}” lúc ${time(at)}${quoted(note)}`,
    en: en`An officer hands over notice “${about(telling, noticeId)}” at ${time(at)}${quoted(note)}`,
    parameter: 'noticeChannels',
  }),
};
