import { DomainError } from '../../domain/error.ts';
import { type CaseType, caseTypeOf, type LoggedEvent } from '../../schemas/case.ts';
import type { Queryable } from '../../store/pool.ts';
import { streamEvents } from '../../store/streamEvents.ts';
import { cutAt, noSuchMoment } from './cut.ts';
import { type Moment, toLogInstant } from './moment.ts';
import { stateAt } from './stateAt.ts';

/** A case as it was at a moment: the events that there were, and the state that they make. */
export type Replayed = {
  readonly stream: string;
  readonly caseType: CaseType;
  readonly policyVersion: string;
  /** The moment as an instant: the one that was asked for, else when the last of the events was recorded. */
  readonly instant: string;
  readonly last: LoggedEvent;
  readonly events: readonly LoggedEvent[];
  readonly state: unknown;
  /** Version of the case today. */
  readonly versionToday: number;
};

/** The type that the name of a case begins with. @throws DomainError EID_ERR_CASE_UNKNOWN */
export function typeOfCase(stream: string): CaseType {
  const type = caseTypeOf(stream);
  if (type === undefined) throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  return type;
}

/**
 * A case as it was at a moment; today when there is none. Says nothing of who may see it.
 *
 * @param now epoch ms
 * @throws DomainError EID_ERR_CASE_UNKNOWN; EID_ERR_MOMENT when the case had not begun, or the log or the case does not reach so far
 */
export async function replay(
  db: Queryable,
  stream: string,
  moment: Moment | undefined,
  now: number,
): Promise<Replayed> {
  const caseType = typeOfCase(stream);
  const all: LoggedEvent[] = [];
  for await (const event of streamEvents(db, stream)) all.push(event);
  const [first] = all;
  if (!first) throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  const events = await eventsUpTo(db, all, moment);
  const last = events.at(-1);
  if (!last)
    throw noSuchMoment('BEFORE_CASE', { ...moment, began: first.recordedAt, position: first.position });
  const { policyVersion } = first.data;
  return {
    stream,
    caseType,
    policyVersion: typeof policyVersion === 'string' ? policyVersion : '',
    instant:
      moment === undefined
        ? toLogInstant(new Date(now).toISOString())
        : 'at' in moment
          ? moment.at
          : last.recordedAt,
    last,
    events,
    state: stateAt(caseType, stream, events),
    versionToday: all.length,
  };
}

async function eventsUpTo(
  db: Queryable,
  all: readonly LoggedEvent[],
  moment: Moment | undefined,
): Promise<readonly LoggedEvent[]> {
  if (moment === undefined) return all;
  if ('version' in moment) {
    if (moment.version > all.length) throw noSuchMoment('BEYOND_CASE', { ...moment, today: all.length });
    return all.slice(0, moment.version);
  }
  const cut = await cutAt(db, moment);
  return all.filter(({ position }) => position <= cut);
}
