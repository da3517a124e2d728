import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../domain/error.ts';
import { toInstant } from '../../domain/time.ts';
import type { Caller } from '../../identity/caller.ts';
import {
  type AccessAction,
  type AccessEntry,
  type AccessGround,
  type AccessObject,
  type AccessOutcome,
  AccessQuestion,
} from '../../schemas/access-history.ts';
import { errorTable } from '../../schemas/errors.ts';
import { callerOf } from '../caller.ts';
import type { Api } from '../context.ts';
import { asDomainError } from '../problem.ts';

/** What is known of an access while it goes on; whoever does the work adds to it. */
export type Access = {
  readonly action: AccessAction;
  readonly command?: { readonly type: string; readonly id: string };
  what: AccessObject;
  ground: AccessGround;
};

type Recording = Pick<Api, 'history' | 'access' | 'now' | 'log'>;

/** An access of which no ground is known yet. */
export const accessing = (
  { access }: Pick<Api, 'access'>,
  action: AccessAction,
  what: AccessObject,
  command?: Access['command'],
): Access => ({
  action,
  what,
  ground: { table: access.table.version, rows: [], relations: [] },
  ...(command === undefined ? {} : { command }),
});

/** What a list was asked, as it is recorded: what was said, without the place in the list. */
export function questionOf(said: Readonly<Record<string, unknown>>): AccessQuestion {
  const { after: _, ...question } = said;
  return AccessQuestion.parse(JSON.parse(JSON.stringify(question)));
}

/**
 * Does something for a caller and answers once the history of accesses holds that they did it: also what was refused, and also when
 * nothing answered in time.
 * @throws what the work throws; DomainError EID_ERR_UNAVAILABLE when the access cannot be recorded
 */
export async function recorded<T>(
  api: Recording,
  request: FastifyRequest,
  access: Access,
  work: (access: Access) => Promise<T>,
): Promise<T> {
  const caller = callerOf(request);
  const at = toInstant(api.now());
  const write = (outcome: AccessOutcome) =>
    api.history.written(entryOf({ caller, at, request, access, outcome }));
  let result: T;
  try {
    result = await work(access);
  } catch (error) {
    await write(outcomeOf(error)).catch((err: unknown) =>
      api.log.warn({ err }, 'a refused access waits to be recorded'),
    );
    throw error;
  }
  await write({ result: 'DONE' });
  return result;
}

function outcomeOf(error: unknown): AccessOutcome {
  const { code } = error instanceof Error ? asDomainError(error) : new DomainError('EID_ERR_INTERNAL');
  return { result: errorTable[code].status >= 500 ? 'UNANSWERED' : 'REFUSED', code };
}

type Parts = {
  readonly caller: Caller;
  readonly at: string;
  readonly request: Pick<FastifyRequest, 'id' | 'ip'>;
  readonly access: Access;
  readonly outcome: AccessOutcome;
};

function entryOf({ caller, at, request, access, outcome }: Parts): AccessEntry {
  const { actor, issuer, clientId } = caller;
  const { id, name, roles, unit } = actor;
  return {
    id: randomUUID(),
    at,
    actor: {
      id,
      name,
      roles: [...roles],
      issuer,
      ...(unit === undefined ? {} : { unit }),
      ...(clientId === undefined ? {} : { clientId }),
    },
    action: access.action,
    ...(access.command ? { command: access.command } : {}),
    outcome,
    what: access.what,
    ground: access.ground,
    correlationId: request.id,
    remoteAddress: request.ip,
  };
}
