import type { FastifyRequest } from 'fastify';
import type { Archive } from '../../audit/replay/questions.ts';
import type { Reader } from '../../audit/replay/shown.ts';
import { audits } from '../../domain/access/audits.ts';
import { groundOfList } from '../../domain/access-history/ground.ts';
import { DomainError } from '../../domain/error.ts';
import type { AccessAction } from '../../schemas/access-history.ts';
import { CaseType, caseTypeOf } from '../../schemas/case.ts';
import { accessing, questionOf, recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import type { Api } from '../context.ts';

/** What an auditor reads: one part of the audit, of one case or of none. */
export type Audited = {
  readonly part: string;
  readonly stream?: string;
  readonly action?: Extract<AccessAction, 'AUDIT' | 'EXPORT'>;
};

/**
 * Does something for an auditor; the history of accesses holds that it was done, or refused, before it is answered.
 * @throws DomainError EID_ERR_FORBIDDEN for anybody else, whether the case is there or not; what the work throws
 */
export async function audited<T>(
  api: Api,
  request: FastifyRequest,
  { part, stream, action = 'AUDIT' }: Audited,
  work: (archive: Archive, reader: Reader) => Promise<T>,
): Promise<T> {
  const { actor } = callerOf(request);
  const { table } = api.access;
  const caseType = stream === undefined ? undefined : caseTypeOf(stream);
  const access = accessing(api, action, {
    ...(stream === undefined ? {} : { stream }),
    ...(caseType === undefined ? {} : { caseType }),
    question: { part, ...questionOf(Object(request.query)) },
  });
  access.ground = groundOfList(actor, caseType ? [caseType] : CaseType.options, ['AUDITOR'], { table });
  return await recorded(api, request, access, async () => {
    if (!audits(actor, table, 'READ')) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'an auditor' });
    return await work({ db: api.pool, now: api.now() }, { actor, table });
  });
}
