import type { LoggedEvent } from '../../schemas/case.ts';
import { namesIn } from '../replay/names.ts';
import type { Telling } from './teller.ts';

/** What the sentences of a case may know of the case as a whole. */
export function tellingOf(events: readonly LoggedEvent[]): Telling {
  const kinds = new Map<string, string>();
  const templates = new Map<string, string>();
  let orderAction: Telling['orderAction'];
  for (const { type, data } of events) {
    const { taskId, kind, noticeId, template, form } = data as Readonly<Record<string, unknown>>;
    if (type === 'TaskOpened') kinds.set(String(taskId), String(kind));
    if (type === 'NoticeOrdered') templates.set(String(noticeId), String(template));
    if (type === 'LockOrderFiled') {
      const { action } = (form ?? {}) as { readonly action?: unknown };
      orderAction = action === 'UNLOCK' ? 'UNLOCK' : 'LOCK';
    }
  }
  return {
    names: namesIn(events),
    taskKind: (id) => kinds.get(id),
    notice: (id) => templates.get(id),
    orderAction,
  };
}
