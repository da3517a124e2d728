import { DomainError } from '../domain/error.ts';
import type { Queryable } from './pool.ts';

/** A key with which somebody connects to NATS for a party. */
export type AdapterKey = {
  readonly party: string;
  readonly kind: 'registry' | 'channel' | 'service';
  /** Public nkey, `U…`. The seed is nowhere in the system. */
  readonly publicKey: string;
  /** Whose it is, for people. */
  readonly name: string;
  readonly state: 'ACTIVE' | 'REVOKED';
  readonly addedAt: string;
  readonly addedBy: string;
  readonly revokedAt?: string;
  readonly revokedBy?: string;
};

export type NewAdapterKey = Pick<AdapterKey, 'party' | 'kind' | 'publicKey' | 'name'> & {
  readonly by: string;
};

type Row = {
  readonly party: string;
  readonly kind: AdapterKey['kind'];
  readonly public_key: string;
  readonly name: string;
  readonly state: AdapterKey['state'];
  readonly added_at: Date;
  readonly added_by: string;
  readonly revoked_at: Date | null;
  readonly revoked_by: string | null;
};

const columns = 'party, kind, public_key, name, state, added_at, added_by, revoked_at, revoked_by';

/**
 * Admits a key. The NATS servers know it once their configuration was made anew.
 * @throws DomainError `EID_ERR_ADAPTER_KEY` when the key is known already, revoked or not
 */
export async function addAdapterKey(db: Queryable, key: NewAdapterKey): Promise<AdapterKey> {
  const { rows } = await db.query<Row>({
    text: `insert into orgeid.adapters (public_key, party, kind, name, added_by) values ($1, $2, $3, $4, $5)
      on conflict (public_key) do nothing returning ${columns}`,
    values: [key.publicKey, key.party, key.kind, key.name, key.by],
  });
  const [row] = rows;
  if (!row) throw new DomainError('EID_ERR_ADAPTER_KEY', { party: key.party, publicKey: key.publicKey });
  return toKey(row);
}

/**
 * Revokes the keys of a party, or one of them. What was revoked before keeps its time.
 * @returns those revoked now; none when the party has no such active key
 */
export async function revokeAdapterKeys(
  db: Queryable,
  party: string,
  by: string,
  publicKey?: string,
): Promise<readonly AdapterKey[]> {
  const { rows } = await db.query<Row>({
    text: `update orgeid.adapters set revoked_at = clock_timestamp(), revoked_by = $2
      where party = $1 and revoked_at is null and ($3::text is null or public_key = $3) returning ${columns}`,
    values: [party, by, publicKey ?? null],
  });
  return rows.map(toKey);
}

/** Every key that there was, by party and time. */
export async function adapterKeys(db: Queryable): Promise<readonly AdapterKey[]> {
  const { rows } = await db.query<Row>(
    `select ${columns} from orgeid.adapters order by party, added_at, public_key`,
  );
  return rows.map(toKey);
}

/** Who is admitted: each party with its active keys, as the configuration of NATS wants it. */
export async function admittedParties(
  db: Queryable,
): Promise<readonly (Pick<AdapterKey, 'party' | 'kind'> & { readonly keys: readonly string[] })[]> {
  const keys = (await adapterKeys(db)).filter(({ state }) => state === 'ACTIVE');
  const kinds = new Map(keys.map(({ party, kind }) => [party, kind]));
  return [...kinds].map(([party, kind]) => ({
    party,
    kind,
    keys: keys.filter((key) => key.party === party).map(({ publicKey }) => publicKey),
  }));
}

/**
 * Since when the adapter of a party was revoked, at an instant (now by default): it had a key, and none that was valid then.
 * Undefined while it has one, and for a party that no key was ever given to, whose adapter then runs without one.
 *
 * @param at ISO 8601, for instance when an answer arrived
 * @returns ISO 8601, the last revocation before that instant
 */
export async function revokedAt(db: Queryable, party: string, at?: string): Promise<string | undefined> {
  const { rows } = await db.query<{ revoked_at: Date | null }>({
    name: 'adapter-revoked-at',
    text: `select case when bool_and(revoked_at is not null and revoked_at <= at) then max(revoked_at) end as revoked_at
      from orgeid.adapters, (select coalesce($2::timestamptz, clock_timestamp()) as at) moment
      where party = $1 and added_at <= at`,
    values: [party, at ?? null],
  });
  return rows[0]?.revoked_at?.toISOString();
}

const toKey = (row: Row): AdapterKey => ({
  party: row.party,
  kind: row.kind,
  publicKey: row.public_key,
  name: row.name,
  state: row.state,
  addedAt: row.added_at.toISOString(),
  addedBy: row.added_by,
  ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at.toISOString() }),
  ...(row.revoked_by === null ? {} : { revokedBy: row.revoked_by }),
});
