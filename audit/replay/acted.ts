import type { Acted, WasTold } from '../../schemas/audit.ts';
import type { LoggedEvent } from '../../schemas/case.ts';
import type { NoticeEvent } from '../../schemas/notice.ts';

/** Who did something by some events, the first first. */
export function actedIn(events: readonly LoggedEvent[]): Acted[] {
  const acted = new Map<string, Acted>();
  for (const { by, at, type } of events) {
    const key = `${by.id} ${by.unit ?? ''}`;
    const before = acted.get(key);
    acted.set(key, {
      by,
      events: (before?.events ?? 0) + 1,
      first: before?.first ?? at,
      last: at,
      types: [...new Set([...(before?.types ?? []), type])],
    });
  }
  return [...acted.values()];
}

/** Whom some events say that something was sent to, and whether it arrived. */
export function toldIn(events: readonly LoggedEvent[]): WasTold[] {
  const told = new Map<string, WasTold>();
  for (const logged of events) {
    // The log holds under these types only what the domain made.
    const event = logged as unknown as NoticeEvent & Pick<LoggedEvent, 'at'>;
    const { noticeId = '' } = event.data;
    const before = told.get(noticeId);
    if (event.type === 'NoticeOrdered') {
      const { to, template } = event.data;
      told.set(noticeId, { to: { id: to.id, name: to.name }, template, orderedAt: event.at });
    } else if (event.type === 'NoticeDelivered' && before) {
      const { channel, receivedAt } = event.data;
      told.set(noticeId, { ...before, through: channel, receivedAt });
    } else if (event.type === 'NoticeHandedOver' && before) {
      told.set(noticeId, { ...before, through: 'PERSON', receivedAt: event.data.at });
    }
  }
  return [...told.values()];
}
