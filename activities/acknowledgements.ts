import { createHash } from 'node:crypto';
import type { AckSettlement } from '../bus/status/acks.ts';
import type { Cases } from '../client/cases.ts';
import { systemActor } from '../domain/deciding.ts';
import type { StatusAcknowledgement } from '../schemas/account-status.ts';
import { StreamId } from '../schemas/codes.ts';
import type { Queryable } from '../store/pool.ts';
import { findCommand } from '../store/read.ts';

type Sending = { readonly cases: Pick<Cases, 'send'>; readonly db: Queryable };

const PLAIN = /^[\w:./-]{1,120}$/;

/** Id of the command that takes an acknowledgement: the same however often it comes, and one service's own. */
export function ackCommandId({ service, seq, id }: StatusAcknowledgement): string {
  const named = PLAIN.test(id) ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;
  return `ack:${service}:${seq}:${named}`;
}

/**
 * Tells an account that a relying service obeys its lock, and says from the log what came of it.
 * @throws DomainError EID_ERR_UNAVAILABLE, and whatever else leaves that open: the same call again finds out
 */
export async function acknowledge(
  { cases, db }: Sending,
  ack: StatusAcknowledgement,
): Promise<AckSettlement> {
  const stream = `account-${ack.number}`;
  if (!StreamId.safeParse(stream).success) return 'UNKNOWN';
  const { rows } = await db.query<{ version: number }>({
    name: 'acknowledged-account',
    text: 'select version from orgeid.cases where stream = $1',
    values: [stream],
  });
  const standing = rows[0];
  if (!standing) return 'UNKNOWN';
  const id = ackCommandId(ack);
  const { service, seq, at } = ack;
  // The case may not know yet that it is locked: the service may have read the log before it, by way of the bucket.
  const command = { id, actor: systemActor, seenVersion: standing.version };
  await cases.send(stream, { ...command, type: 'AcknowledgeLock', data: { service, seq, at } });
  return (await findCommand(db, stream, id)).length > 0 ? 'TAKEN' : 'UNCHANGED';
}
