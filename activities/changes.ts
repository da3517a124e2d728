import { createHash } from 'node:crypto';
import type { OfferedChange } from '../bus/changes.ts';
import type { Cases } from '../client/cases.ts';
import { systemActor } from '../domain/deciding.ts';
import { DomainError } from '../domain/error.ts';
import type { RegistryChange } from '../schemas/change.ts';
import { findHolder, isEnded } from '../store/changeHolder.ts';
import { journalWaiting, takerOf, waitingChanges } from '../store/changes.ts';
import type { Queryable } from '../store/pool.ts';
import { findCommand } from '../store/read.ts';

type Sending = { readonly cases: Pick<Cases, 'send'>; readonly db: Queryable };

/** Longest command id (schemas/case.ts). */
const ID_LIMIT = 200;

/** Id of the command that takes a change: the same for the same change, however often and by whichever way it comes. */
export function changeCommandId(kind: 'change' | 'conflict', { registry, id }: RegistryChange): string {
  const whole = `${kind}:${registry}:${id}`;
  if (whole.length <= ID_LIMIT) return whole;
  return `${kind}:${registry}:sha256:${createHash('sha256').update(id).digest('hex')}`;
}

/**
 * Offers a change to the account that it is about and says from the log whether it was taken.
 * @throws DomainError EID_ERR_UNAVAILABLE, and whatever else leaves open what became of it: the same call again finds out
 */
export async function offerChange(sending: Sending, change: RegistryChange): Promise<OfferedChange> {
  // Before anything else: a code that named the taker may be another organisation's by now.
  const taker = await takerOf(sending.db, change);
  if (taker) return { disposition: 'DUPLICATE', stream: taker.stream };
  const holder = await findHolder(sending.db, change);
  switch (holder.kind) {
    case 'NOBODY':
      return {
        disposition: 'UNKNOWN',
        ...(holder.detail === undefined ? {} : { detail: holder.detail }),
      };
    case 'REQUEST':
      return { disposition: 'NOT_YET_OPEN', stream: holder.stream };
    case 'TWO':
      return await noteConflict(sending, holder.stream, change, holder.key, holder.heldBy);
    case 'ACCOUNT':
      return await give(sending, holder.stream, change);
  }
}

/**
 * Takes up what came while an organisation's request was under way, in the order of the registry's own time. A change
 * that was taken up already is not offered again.
 */
export async function takeUpWaiting(sending: Sending, keys: readonly string[]): Promise<void> {
  for (const { entry, change } of await waitingChanges(sending.db, keys)) {
    await journalWaiting(sending.db, entry, await offerChange(sending, change));
  }
}

async function give(sending: Sending, stream: string, change: RegistryChange): Promise<OfferedChange> {
  const { cases, db } = sending;
  const id = changeCommandId('change', change);
  try {
    const command = { id, actor: systemActor, ...correlated(change) };
    await cases.send(stream, { ...command, type: 'TakeRegistryChange', data: { change } });
  } catch (error) {
    return await refused(error, sending, stream, change);
  }
  if ((await findCommand(db, stream, id)).length > 0) return { disposition: 'TAKEN', stream };
  if (await isEnded(db, stream)) return { disposition: 'AFTER_END', stream };
  return { disposition: 'DUPLICATE', stream, detail: 'the account holds all of it already' };
}

async function refused(
  error: unknown,
  sending: Sending,
  stream: string,
  change: RegistryChange,
): Promise<OfferedChange> {
  if (!(error instanceof DomainError)) throw error;
  switch (error.code) {
    case 'EID_ERR_ORGANISATION_TAKEN': {
      const { key, by } = error.details;
      return await noteConflict(sending, stream, change, String(key), String(by));
    }
    case 'EID_ERR_ACCOUNT_DISSOLVED':
      return { disposition: 'AFTER_END', stream };
    case 'EID_ERR_SHAPE':
      return { disposition: 'MALFORMED', stream, detail: 'not a text that the log may hold' };
    default:
      throw error;
  }
}

/** Nothing of a change that touches two organisations is taken: a person at C06 looks at it. */
async function noteConflict(
  { cases, db }: Sending,
  stream: string,
  change: RegistryChange,
  key: string,
  heldBy: string,
): Promise<OfferedChange> {
  if (await isEnded(db, stream)) return { disposition: 'AFTER_END', stream };
  const command = { id: changeCommandId('conflict', change), actor: systemActor, ...correlated(change) };
  await cases.send(stream, { ...command, type: 'NoteChangeConflict', data: { change, key, heldBy } });
  return { disposition: 'CONFLICT', stream, detail: `${key} is held by ${heldBy}` };
}

const correlated = ({ correlationId }: RegistryChange) =>
  correlationId === undefined ? {} : { correlationId };
