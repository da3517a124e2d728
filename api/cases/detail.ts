import type { StateOf } from '../../domain/access/case.ts';
import { openActions } from '../../domain/access/open-actions.ts';
import { mayRead } from '../../domain/access/permission.ts';
import { shownTo } from '../../domain/access/shown-to.ts';
import { groundOf } from '../../domain/access-history/ground.ts';
import { DomainError } from '../../domain/error.ts';
import { projections } from '../../domain/projections.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import { type CaseRow, readCase } from '../../store/readCase.ts';
import type { Access } from '../access-history/recorded.ts';
import type { Api } from '../context.ts';

/**
 * A case that a caller may read; `access` learns on what ground.
 * @throws DomainError EID_ERR_CASE_UNKNOWN when there is none, or none for them
 */
export async function readableCase<T extends CaseType>(
  api: Pick<Api, 'pool' | 'access'>,
  actor: Actor,
  caseType: T,
  stream: string,
  access?: Pick<Access, 'ground'>,
): Promise<CaseRow & { readonly state: StateOf[T] }> {
  const row = await readCase(api.pool, stream);
  // The log holds under each stream only what its type's own `decide` made.
  const state = row?.state as StateOf[T] | undefined;
  if (access && state !== undefined) access.ground = groundOf(actor, caseType, state, 'READ', api.access);
  if (!row || state === undefined || !mayRead(actor, caseType, state, api.access))
    throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  return { ...row, state };
}

/** The case as the caller may see it, with what is open to them. */
export async function detailFor<T extends CaseType>(
  api: Api,
  actor: Actor,
  caseType: T,
  stream: string,
  access?: Pick<Access, 'ground'>,
) {
  const row = await readableCase(api, actor, caseType, stream, access);
  const policy = await api.policyOf(row.policyVersion);
  const { version, policyVersion, status, title, unit, closed, overdue, dueAt } = row;
  const { state } = shownTo(actor, caseType, row.state, api.access);
  return {
    stream,
    caseType,
    version,
    policyVersion,
    status,
    title,
    ...(unit === undefined ? {} : { unit }),
    closed,
    overdue,
    ...(dueAt === undefined ? {} : { dueAt }),
    waits: projections[caseType].view(state).waits, // which name their owners
    actions: [...openActions(actor, caseType, row.state, api.now(), policy, api.access.table)],
    state,
  };
}
