import type { AccessBy, AccessEntry, SubjectAccess } from '../../schemas/access-history.ts';
import type { AccountState } from '../../schemas/account.ts';

/** The cases whose history is the subject's own: the account, and the request that led to it. */
export const streamsOfSubject = ({ stream, request }: Pick<AccountState, 'stream' | 'request'>): string[] =>
  request === undefined ? [stream] : [stream, request];

/**
 * An entry as the subject of the account sees it. Of anybody else the unit and the roles are told, and that they read or did
 * something: no name, no address, and not which step, since who holds a task or hands it on is the office's own affair.
 *
 * @param reader id of the subject who asks
 */
export function shownToSubject(entry: AccessEntry, reader: string): SubjectAccess {
  const { id, at, actor, action, command, outcome, what, ground } = entry;
  const isOwn = actor.id === reader;
  return {
    id,
    at,
    by: shownBy(entry, isOwn),
    action,
    ...(isOwn && command ? { command: command.type } : {}),
    result: outcome.result,
    ...(what.stream === undefined ? {} : { stream: what.stream }),
    ground,
  };
}

function shownBy({ actor: { roles, unit, clientId }, remoteAddress }: AccessEntry, isOwn: boolean): AccessBy {
  if (!isOwn) return { kind: 'OTHER', roles, ...(unit === undefined ? {} : { unit }) };
  return {
    kind: 'SELF',
    ...(clientId === undefined ? {} : { clientId }),
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  };
}
