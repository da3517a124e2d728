import type { Pool } from 'pg';
import type { AccountState } from '../schemas/account.ts';
import type { LoggedEvent } from '../schemas/case.ts';
import type { ErrorCode } from '../schemas/errors.ts';
import type { RegistrationState } from '../schemas/registration.ts';
import { readStream } from '../store/read.ts';
import { readCase } from '../store/readCase.ts';
import type { Ledger } from './ledger.ts';
import { type Expected, expectedOf, type Outcome } from './paths.ts';
import type { Entry } from './read-organisations.ts';

/** What became of one row. */
export type Result = {
  readonly entry: Entry;
  readonly outcome: Outcome;
  readonly events: readonly LoggedEvent[];
  readonly met: readonly ErrorCode[];
  /** The unit that received it; the one it was meant for when none did. */
  readonly reception: string;
  readonly submitted: boolean;
  readonly issued: boolean;
  readonly activated: boolean;
  /** What is missing from what the storyline must lead to; empty when it is all there. */
  readonly lacking: readonly string[];
};

/** The request whose story is told and whose bundle is taken away: one that shows most of the procedure. */
export const storyOf = (results: readonly Result[]): Result | undefined =>
  results.find((r) => r.entry.path === 'silent registry overridden') ?? results[0];

const throughCallCentre = (events: readonly LoggedEvent[]): boolean =>
  events.some(({ type, data }) => type === 'AccountActivated' && data.through === 'CALL_CENTRE');

function outcomeOf(
  request: { readonly status: string } | undefined,
  account: { readonly status: string } | undefined,
  events: readonly LoggedEvent[],
): Outcome {
  if (!request) return 'NOT_TAKEN';
  switch (account?.status) {
    case 'ACTIVE':
      return throughCallCentre(events) ? 'ACTIVATED_BY_CALL_CENTRE' : 'ACTIVATED';
    case 'ACTIVATION_OVERDUE':
      return 'ACTIVATION_OVERDUE';
    case 'ISSUED':
      return 'ISSUED';
  }
  switch (request.status) {
    case 'REFUSED':
    case 'WITHDRAWN':
      return request.status;
    case 'DRAFT':
    case 'RETURNED':
      return 'WAITS_FOR_REGISTRANT';
    default:
      return 'RUNNING';
  }
}

/** The first of the wanted that does not come, in order, among the given. */
export function missingInOrder(wanted: readonly string[], given: readonly string[]): string | undefined {
  let from = 0;
  for (const one of wanted) {
    const at = given.indexOf(one, from);
    if (at < 0) return one;
    from = at + 1;
  }
  return undefined;
}

/** What of the expected is not there. */
export function lackingOf(
  expected: Expected,
  found: {
    readonly outcome: Outcome;
    readonly types: readonly string[];
    readonly reasons: readonly string[];
    readonly met: readonly string[];
  },
): string[] {
  const event = missingInOrder(expected.events ?? [], found.types);
  return [
    ...(found.outcome === expected.outcome ? [] : [`${expected.outcome} (found ${found.outcome})`]),
    ...(event === undefined ? [] : [`event ${event}`]),
    ...(expected.reasons ?? []).filter((r) => !found.reasons.includes(r)).map((r) => `reason ${r}`),
    ...(expected.met ?? []).filter((code) => !found.met.includes(code)).map((code) => `refusal ${code}`),
  ];
}

/** Reads from PostgreSQL what became of an entry. */
export async function resultOf(
  pool: Pool,
  entry: Entry,
  ledger: Pick<Ledger, 'streamOf' | 'refusals'>,
): Promise<Result> {
  const stream = ledger.streamOf(entry);
  const request = stream === undefined ? undefined : await readCase(pool, stream);
  const state = request?.state as RegistrationState | undefined;
  const account = state?.account === undefined ? undefined : await readCase(pool, state.account);
  const events = [
    ...(request ? await readStream(pool, request.stream) : []),
    ...(account ? await readStream(pool, account.stream) : []),
  ].sort((one, other) => one.position - other.position);
  const types = events.map((event) => event.type);
  // Where the account stands in its life: a lock may lie over it.
  const outcome = outcomeOf(request, account?.state as AccountState | undefined, events);
  const own = ledger.refusals(entry);
  const reasons = state?.refusal?.reasons ?? [];
  return {
    entry,
    outcome,
    events,
    met: own,
    reception: state?.jurisdiction?.reception.unit ?? entry.reception,
    submitted: types.includes('RequestSubmitted'),
    issued: types.includes('AccountIssued'),
    activated: types.includes('AccountActivated'),
    lacking: lackingOf(expectedOf(entry.path), { outcome, types, reasons, met: own }),
  };
}
