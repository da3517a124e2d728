import { evolveAccount } from '../../domain/account/evolve.ts';
import { initialAccount } from '../../domain/account/state.ts';
import { publicStatus } from '../../domain/account/status.ts';
import type { AccountState } from '../../schemas/account.ts';
import type { AccountAtMoment } from '../../schemas/audit.ts';
import { type AccountFact, accountFacts } from '../../store/accountFacts.ts';
import type { Queryable } from '../../store/pool.ts';

type Folded = { readonly state: AccountState; readonly version: number; readonly position: number };
type Event = Parameters<typeof evolveAccount>[1];

/**
 * Every account as it was once the log had come to a position, one after another in the order of their streams, from the log alone. Holds one
 * account and a page of events, however many there are.
 */
export async function* accountsAt(db: Queryable, position: number): AsyncGenerator<AccountAtMoment, void> {
  let open: Folded | undefined;
  for await (const found of accountFacts(db, position)) {
    if (open && open.state.stream !== found.stream) {
      yield* row(open);
      open = undefined;
    }
    open = taken(open, found);
  }
  if (open) yield* row(open);
}

function taken(open: Folded | undefined, { stream, position, fact }: AccountFact): Folded {
  const { type, data, at, by, version } = fact;
  const before = open?.state ?? initialAccount(stream);
  // The log holds under an account only what its own `decide` made.
  return { state: evolveAccount(before, { type, data, at, by } as Event), version, position };
}

function* row({ state, version, position }: Folded): Generator<AccountAtMoment> {
  const { stream, number, identity, category, grounds, openedAt, activatedAt, lockedAt } = state;
  const status = publicStatus(state);
  if (status === undefined || number === undefined || openedAt === undefined) return;
  yield {
    account: stream,
    number,
    organisation: identity?.names.vi ?? '',
    ...(category === undefined ? {} : { category }),
    ...(identity?.enterpriseCode === undefined ? {} : { enterpriseCode: identity.enterpriseCode }),
    ...(identity?.taxCode === undefined ? {} : { taxCode: identity.taxCode }),
    status,
    openedAt,
    ...(activatedAt === undefined ? {} : { activatedAt }),
    ...(lockedAt === undefined ? {} : { lockedAt }),
    locks: grounds.map(({ code, authority, basis, since, until }) => ({
      code,
      authority: authority.name,
      basis,
      since,
      ...(until === undefined ? {} : { until }),
    })),
    version,
    position,
  };
}
