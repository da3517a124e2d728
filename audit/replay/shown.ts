import type { StateOf } from '../../domain/access/case.ts';
import { type ShownCase, shownTo } from '../../domain/access/shown-to.ts';
import { projections } from '../../domain/projections.ts';
import type { AccessTable } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { AuditEvent, AuditMoment } from '../../schemas/audit.ts';
import type { CaseType, LoggedEvent } from '../../schemas/case.ts';
import type { Replayed } from './replay.ts';

/** Who reads, by which table of permissions. */
export type Reader = { readonly actor: Actor; readonly table: AccessTable };

/** What an auditor is shown of a case: all of it, but personal numbers where the table does not let auditors see them. */
export const shownCase = (
  { actor, table }: Reader,
  { caseType, state }: Pick<Replayed, 'caseType' | 'state'>,
): ShownCase<CaseType> =>
  // The log holds under each stream only what its type's own `decide` made. An auditor's relation to a case does not need C06's unit.
  shownTo(actor, caseType, state as StateOf[CaseType], { table, c06Unit: '' });

/** The head of every answer about a case. */
export const headOf = ({ stream, caseType, policyVersion, versionToday }: Replayed) => ({
  stream,
  caseType,
  policyVersion,
  versionToday,
});

export const momentShown = ({ instant, last }: Replayed): AuditMoment => ({
  instant,
  version: last.version,
  position: last.position,
  at: last.at,
  recordedAt: last.recordedAt,
  hash: last.hash,
});

/** Events as they are shown, each with the status that it led to. `events` begin with the first of the case. */
export function eventsShown(reader: Reader, replayed: Replayed): AuditEvent[] {
  const { caseType, stream, events } = replayed;
  const { initial, evolve, view } = projections[caseType];
  const shown = shownCase(reader, replayed);
  let state = initial(stream);
  return events.flatMap((logged) => {
    const { type, data, at, by } = logged;
    state = evolve(state, { type, data, at, by });
    const event = shown.event(logged);
    return event ? [eventShown(event, view(state).status)] : [];
  });
}

function eventShown({ stream: _, ...event }: LoggedEvent, status: string): AuditEvent {
  return { ...event, status };
}
