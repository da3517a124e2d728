import { audits } from '../../domain/access/audits.ts';
import { granted } from '../../domain/access/permission.ts';
import { groundOf, groundOfList } from '../../domain/access-history/ground.ts';
import { shownToSubject, streamsOfSubject } from '../../domain/access-history/shown-to-subject.ts';
import { DomainError } from '../../domain/error.ts';
import type { AccessPage, SubjectAccessPage } from '../../schemas/access-history.ts';
import type { Actor } from '../../schemas/actor.ts';
import { CaseType } from '../../schemas/case.ts';
import type {
  AccessHistoryParameters,
  OwnAccessHistoryParameters,
} from '../../schemas/http/access-history.ts';
import { readAccessHistory } from '../../store/access-history/read.ts';
import { readableCase } from '../cases/detail.ts';
import type { Api } from '../context.ts';
import type { Access } from './recorded.ts';

/**
 * The whole history, for those who by the table see the accesses of every case as auditors.
 * @throws DomainError EID_ERR_FORBIDDEN; EID_ERR_SHAPE for a cursor of another question
 */
export async function accessesOfAll(
  { pool, access: { table } }: Pick<Api, 'pool' | 'access'>,
  actor: Actor,
  { stream, actorId, action, result, from, to, limit, after }: AccessHistoryParameters,
  access: Access,
): Promise<AccessPage> {
  if (!audits(actor, table, 'SEE_ACCESSES'))
    throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'an auditor' });
  access.ground = groundOfList(actor, CaseType.options, ['AUDITOR'], { table });
  const filters = {
    ...(stream ? { streams: stream } : {}),
    ...(actorId === undefined ? {} : { actorId }),
    ...(action ? { actions: action } : {}),
    ...(result === undefined ? {} : { result }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const page = await readAccessHistory(pool, filters, limit, after);
  access.what = { ...access.what, results: page.entries.length };
  return page;
}

/**
 * The history of one account and of the request that led to it: which offices read it, on what ground.
 * @throws DomainError EID_ERR_CASE_UNKNOWN, EID_ERR_FORBIDDEN; EID_ERR_SHAPE for a cursor of another question
 */
export async function accessesOfAccount(
  api: Pick<Api, 'pool' | 'access'>,
  actor: Actor,
  stream: string,
  { limit, after }: OwnAccessHistoryParameters,
  access: Access,
): Promise<SubjectAccessPage> {
  const { state } = await readableCase(api, actor, 'account', stream);
  access.ground = groundOf(actor, 'account', state, 'SEE_ACCESSES', api.access);
  if (!granted(actor, 'account', state, api.access).has('SEE_ACCESSES'))
    throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'the owner or an auditor' });
  const page = await readAccessHistory(api.pool, { streams: streamsOfSubject(state) }, limit, after);
  access.what = { ...access.what, results: page.entries.length };
  return {
    entries: page.entries.map(({ entry }) => shownToSubject(entry, actor.id)),
    ...(page.next === undefined ? {} : { next: page.next }),
  };
}
