import type { FastifyRequest } from 'fastify';
import { groundOfList } from '../../domain/access-history/ground.ts';
import { Relation } from '../../schemas/access.ts';
import type { AccessAction } from '../../schemas/access-history.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { InboxView } from '../../schemas/inbox.ts';
import { callerOf } from '../caller.ts';
import type { Api } from '../context.ts';
import { type Access, accessing, questionOf } from './recorded.ts';

/** The ways in which a caller stands to the cases of an inbox. */
export const standingsOf: Readonly<Record<InboxView, readonly Relation[]>> = {
  mine: ['TASK_HOLDER'],
  unit: ['UNIT', 'C06', 'CALL_CENTRE'],
  below: ['SUPERIOR', 'C06'],
};

/** Every way in which somebody stands to a case that is there. */
export const standings: readonly Relation[] = Relation.options.filter(
  (relation) => relation !== 'NONE' && relation !== 'OPENER' && relation !== 'SYSTEM',
);

/** An access to many cases at once: on the ground of the rows that let the caller read cases of these types in one of these ways. */
export function listing(
  api: Pick<Api, 'access'>,
  request: FastifyRequest,
  action: AccessAction,
  caseTypes: readonly CaseType[],
  relations: readonly Relation[],
): Access {
  const access = accessing(api, action, { question: questionOf(Object(request.query)) });
  access.ground = groundOfList(callerOf(request).actor, caseTypes, relations, api.access);
  return access;
}

/** Notes how many were shown. */
export async function counted<Page extends { readonly items: readonly unknown[] }>(
  access: Access,
  page: Promise<Page>,
): Promise<Page> {
  const shown = await page;
  access.what = { ...access.what, results: shown.items.length };
  return shown;
}
