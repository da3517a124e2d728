import type { StateOf } from '../../domain/access/case.ts';
import { openActions } from '../../domain/access/open-actions.ts';
import { mayRead } from '../../domain/access/permission.ts';
import { redact } from '../../domain/access/redact.ts';
import { DomainError } from '../../domain/error.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import { type CaseRow, readCase } from '../../store/readCase.ts';
import type { Api } from '../context.ts';

/**
 * A case that a caller may read.
 * @throws DomainError EID_ERR_CASE_UNKNOWN when there is none, or none for them
 */
export async function readableCase<T extends CaseType>(
  api: Pick<Api, 'pool' | 'access'>,
  actor: Actor,
  caseType: T,
  stream: string,
): Promise<CaseRow & { readonly state: StateOf[T] }> {
  const row = await readCase(api.pool, stream);
  // The log holds under each stream only what its type's own `decide` made.
  const state = row?.state as StateOf[T] | undefined;
  if (!row || state === undefined || !mayRead(actor, caseType, state, api.access))
    throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  return { ...row, state };
}

/** The case as the caller may see it, with what is open to them. */
export async function detailFor<T extends CaseType>(api: Api, actor: Actor, caseType: T, stream: string) {
  const row = await readableCase(api, actor, caseType, stream);
  const policy = await api.policyOf(row.policyVersion);
  const { version, policyVersion, status, title, unit, closed, overdue, dueAt, waits } = row;
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
    waits: [...waits],
    actions: [...openActions(actor, caseType, row.state, api.now(), policy, api.access.table)],
    state: redact(actor, caseType, row.state, row.state, api.access),
  };
}
