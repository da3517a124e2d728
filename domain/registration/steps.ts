import type { Reason } from '../../schemas/enums.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import type { TaskKind } from '../../schemas/task.ts';
import { dueDate } from '../calendar/due-date.ts';
import { DomainError } from '../error.ts';
import { sendNotice } from '../notice/decide.ts';
import { cancelOpenTasks, openTaskEvent } from '../task/open.ts';
import { c06Place } from '../task/place.ts';
import { toInstant, toMs } from '../time.ts';
import { type Decision, filed, type Rules } from './state.ts';

export const withNote = (note: string | undefined) => (note === undefined ? {} : { note });

/** Opens a task at the place that the policy names for its kind. */
export function open(d: Decision, rules: Rules, kind: TaskKind, about?: string): void {
  const { jurisdiction } = filed(d.state);
  const places = {
    RECEPTION: jurisdiction.reception,
    VERIFICATION: jurisdiction.verification,
    C06: c06Place(rules),
    // No step of a request is placed so; the policy is checked for it.
    BODY: jurisdiction.verification,
    ASKING_UNIT: jurisdiction.verification,
  };
  const place = places[rules.tasks[kind].place];
  const wanted = {
    kind,
    place,
    caseDueAt: d.state.running?.dueAt,
    ...(about === undefined ? {} : { about }),
  };
  d.add(openTaskEvent(d.state.tasks, wanted, rules, d.now));
}

export const mustGiveReasons = (reasons: readonly Reason[]): void => {
  if (reasons.length === 0) throw new DomainError('EID_ERR_REASON_MISSING');
};

function notify(
  d: Decision,
  rules: Rules,
  template: 'DOSSIER_RETURNED' | 'REQUEST_REFUSED',
  reasons: readonly Reason[],
  note: string | undefined,
): void {
  const { registrant, dossier } = filed(d.state);
  const values = {
    organisation: dossier.organisation.nameVi,
    reasons: reasons.join(','),
    ...(note === undefined ? {} : { note }),
  };
  d.add(...sendNotice(d.state, { template, to: registrant, values }, c06Place(rules), rules, d.now));
}

/** Refuses the request with reasons, ends its work and tells the registrant (Art 12 step 3). */
export function refuse(
  d: Decision,
  rules: Rules,
  stage: 'CONSENT' | 'RECEPTION' | 'DATABASES' | 'LOCAL_VERIFICATION' | 'DECISION',
  reasons: readonly Reason[],
  note?: string,
): void {
  mustGiveReasons(reasons);
  d.add(...cancelOpenTasks(d.state.tasks, 'REQUEST_REFUSED'));
  d.add({ type: 'RequestRefused', data: { stage, reasons: [...reasons], ...withNote(note) } });
  notify(d, rules, 'REQUEST_REFUSED', reasons, note);
}

/** Returns the dossier to the registrant for supplement. */
export function returnForSupplement(
  d: Decision,
  rules: Rules,
  reasons: readonly Reason[],
  fields: readonly string[],
  note?: string,
): void {
  mustGiveReasons(reasons);
  d.add(...cancelOpenTasks(d.state.tasks, 'DOSSIER_RETURNED'));
  const data = { reasons: [...reasons], fields: [...fields], ...withNote(note) };
  d.add({ type: 'SupplementRequested', data });
  notify(d, rules, 'DOSSIER_RETURNED', reasons, note);
}

/** The limit of a kind, counted from `startedAt` (Art 13(4); Civil Code Arts 147, 148). */
export function runningLimit(
  kind: 'IN_DATABASES' | 'NOT_IN_DATABASES',
  startedAt: number,
  rules: Rules,
): NonNullable<RegistrationState['running']> {
  const limit = kind === 'IN_DATABASES' ? rules.limitInDatabases : rules.limitNotInDatabases;
  const due = dueDate(rules.calendar, { receivedAt: startedAt, limit });
  return { kind, limit, startedAt: toInstant(startedAt), dueOn: due.dueOn, dueAt: toInstant(due.dueAt) };
}

/** Sends the request to the commune police; where the databases lack the information the longer limit applies. */
export function goLocal(d: Decision, rules: Rules, why: string): void {
  const { running, checks } = d.state;
  d.add({ type: 'RouteChosen', data: { route: 'LOCAL_VERIFICATION', why } });
  const inDatabases = checks.length > 0 && checks.every((c) => c.outcome === 'MATCH');
  if (!inDatabases && running?.kind === 'IN_DATABASES') {
    const longer = runningLimit('NOT_IN_DATABASES', toMs(running.startedAt), rules);
    d.add({ type: 'LimitChanged', data: { running: longer, why: 'INFORMATION_NOT_IN_DATABASES' } });
  }
  open(d, rules, 'VERIFY');
}
