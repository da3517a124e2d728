import type { Wait } from '../../schemas/case.ts';
import type { Notice } from '../../schemas/notice.ts';

/** Notices under way as waits; one that no channel took is a task of its own. */
export function noticeWaits(notices: readonly Notice[]): Wait[] {
  return notices
    .filter((notice) => notice.status === 'SENDING')
    .map((notice) => ({
      kind: 'CHANNEL',
      owner: notice.channels[notice.current] ?? '',
      what: notice.template,
      since: notice.since,
    }));
}
