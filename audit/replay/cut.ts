import { DomainError } from '../../domain/error.ts';
import type { Queryable } from '../../store/pool.ts';
import { logClock, positionAt } from '../../store/positionAt.ts';
import { readHead } from '../../store/read.ts';
import type { Moment } from './moment.ts';

/** A moment that the log does not reach, or that lies before what is asked about. */
export const noSuchMoment = (
  why: 'FUTURE' | 'BEYOND_LOG' | 'BEYOND_CASE' | 'BEFORE_CASE' | 'BACKWARDS',
  moment: object,
): DomainError => new DomainError('EID_ERR_MOMENT', { why, ...moment });

/**
 * The last position of the log that counts at a moment. An instant is where the log stood then: events that were recorded by then, in the
 * order of the log. The clock is the one by which events are recorded: what it has not come to yet nobody knows.
 *
 * @throws DomainError EID_ERR_MOMENT
 */
export async function cutAt(
  db: Queryable,
  moment: Exclude<Moment, { version: number }> | undefined,
): Promise<number> {
  const { position: head } = await readHead(db);
  if (moment === undefined) return head;
  if ('position' in moment) {
    if (moment.position > head) throw noSuchMoment('BEYOND_LOG', { ...moment, head });
    return moment.position;
  }
  if (moment.at > (await logClock(db))) throw noSuchMoment('FUTURE', moment);
  return await positionAt(db, moment.at, head);
}
