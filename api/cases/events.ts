import { shownTo } from '../../domain/access/shown-to.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { CaseEventPage, CaseEventsParameters } from '../../schemas/http/lists.ts';
import { readStreamPage } from '../../store/streamPage.ts';
import type { Access } from '../access-history/recorded.ts';
import type { Api } from '../context.ts';
import { readableCase } from './detail.ts';

/**
 * What happened in a case, as far as it is for the caller; with the case's version.
 * @throws DomainError EID_ERR_CASE_UNKNOWN when there is none, or none for them
 */
export async function eventsFor<T extends CaseType>(
  api: Pick<Api, 'pool' | 'access'>,
  actor: Actor,
  caseType: T,
  stream: string,
  { after, limit }: CaseEventsParameters,
  access?: Pick<Access, 'ground'>,
): Promise<{ readonly version: number; readonly page: CaseEventPage }> {
  const { version, state } = await readableCase(api, actor, caseType, stream, access);
  const shown = shownTo(actor, caseType, state, api.access);
  const read = await readStreamPage(api.pool, stream, after, limit);
  const last = read.length === limit ? read.at(-1) : undefined;
  const items = read.flatMap((logged) => {
    const event = shown.event(logged);
    return event
      ? [{ version: event.version, type: event.type, at: event.at, by: event.by, data: event.data }]
      : [];
  });
  return { version, page: { items, ...(last ? { next: last.version } : {}) } };
}
