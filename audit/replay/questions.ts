import type { StateOf } from '../../domain/access/case.ts';
import { projections } from '../../domain/projections.ts';
import { pin } from '../../policies/pin.ts';
import type { AccessTable } from '../../schemas/access.ts';
import type { AuditDifferences, AuditHistory, AuditKnowledge, AuditState } from '../../schemas/audit.ts';
import type { CaseType } from '../../schemas/case.ts';
import { accessTableThen } from '../../store/accessTables.ts';
import { officersThen } from '../../store/officersThen.ts';
import { getPolicy } from '../../store/policy.ts';
import type { Queryable } from '../../store/pool.ts';
import { actedIn, toldIn } from './acted.ts';
import { couldDo, type Then, unitsConcerned } from './couldDo.ts';
import { noSuchMoment } from './cut.ts';
import { differences } from './differences.ts';
import type { Moment } from './moment.ts';
import { namesIn } from './names.ts';
import { accessesUpTo, hadRead } from './read.ts';
import { type Replayed, replay } from './replay.ts';
import { eventsShown, headOf, momentShown, type Reader, shownCase } from './shown.ts';

/** So many officers of the units concerned are looked at. */
const MOST_OFFICERS = 2_000;

/** From where an auditor's questions are answered; `now` is epoch ms. */
export type Archive = { readonly db: Queryable; readonly now: number };

/**
 * What happened in a case.
 * @throws DomainError EID_ERR_CASE_UNKNOWN
 */
export async function historyOf(
  { db, now }: Archive,
  reader: Reader,
  stream: string,
  page: { readonly after?: number; readonly limit?: number } = {},
): Promise<AuditHistory> {
  const replayed = await replay(db, stream, undefined, now);
  const { after = 0, limit = replayed.versionToday } = page;
  const events = eventsShown(reader, replayed).filter(({ version }) => version > after);
  const shown = events.slice(0, limit);
  const last = shown.at(-1);
  return {
    ...headOf(replayed),
    events: shown,
    ...(last && events.length > shown.length ? { next: last.version } : {}),
  };
}

/**
 * A case as it was at a moment.
 * @throws DomainError EID_ERR_CASE_UNKNOWN, EID_ERR_MOMENT
 */
export async function stateOf(
  { db, now }: Archive,
  reader: Reader,
  stream: string,
  moment: Moment | undefined,
): Promise<AuditState> {
  const replayed = await replay(db, stream, moment, now);
  const { state } = shownCase(reader, replayed);
  return {
    ...headOf(replayed),
    moment: momentShown(replayed),
    state: state as unknown as Record<string, unknown>,
    view: projections[replayed.caseType].view(state),
  };
}

/**
 * What changed in a case between two moments, and the events that changed it.
 * @throws DomainError EID_ERR_CASE_UNKNOWN; EID_ERR_MOMENT, also when the second lies before the first
 */
export async function differencesOf(
  { db, now }: Archive,
  reader: Reader,
  stream: string,
  moments: { readonly from: Moment; readonly to: Moment | undefined },
): Promise<AuditDifferences> {
  const from = await replay(db, stream, moments.from, now);
  const to = await replay(db, stream, moments.to, now);
  if (to.last.version < from.last.version)
    throw noSuchMoment('BACKWARDS', { from: from.last.version, to: to.last.version });
  return {
    ...headOf(to),
    from: momentShown(from),
    to: momentShown(to),
    differences: differences(shownCase(reader, from).state, shownCase(reader, to).state),
    events: eventsShown(reader, to).filter(({ version }) => version > from.last.version),
  };
}

/**
 * Who knew what of a case at a moment, and which actions were open to whom, under the policy that the case pinned.
 * @throws DomainError EID_ERR_CASE_UNKNOWN, EID_ERR_MOMENT, EID_ERR_POLICY_UNKNOWN
 */
export async function knowledgeOf(
  { db, now }: Archive,
  reader: Reader,
  stream: string,
  moment: Moment | undefined,
): Promise<AuditKnowledge> {
  const replayed = await replay(db, stream, moment, now);
  const { events, instant } = replayed;
  const { accesses, truncated } = await accessesUpTo(db, stream, instant);
  const { table, inForce } = (await accessTableThen(db, instant)) ?? { table: reader.table, inForce: false };
  const then = await thenOf(db, table, replayed, moment);
  const officers = await officersThen(db, unitsConcerned(then), instant, MOST_OFFICERS + 1);
  const considered = officers.slice(0, MOST_OFFICERS);
  const { people } = namesIn(events);
  return {
    ...headOf(replayed),
    moment: momentShown(replayed),
    acted: actedIn(events),
    read: hadRead(accesses, events),
    told: toldIn(events),
    open: couldDo(then, considered, (id) => people.get(id)),
    basis: {
      officersConsidered: considered.length,
      officersLater: considered.filter(({ later }) => later).length,
      officersTruncated: officers.length > considered.length,
      accessesTruncated: truncated,
      table: table.version,
      tableInForce: inForce,
    },
  };
}

async function thenOf(
  db: Queryable,
  table: AccessTable,
  { caseType, state, instant, last, policyVersion }: Replayed,
  moment: Moment | undefined,
): Promise<Then<CaseType>> {
  const policy = pin(await getPolicy(db, policyVersion));
  // By position or version: the time of the case's own clock, so that what it decided by then and no later counts.
  const ofCase = moment !== undefined && !('at' in moment);
  return {
    caseType,
    state: state as StateOf[CaseType],
    now: Date.parse(ofCase ? last.at : instant),
    policy,
    table,
  };
}
