import type { RegistryChange } from '../schemas/change.ts';
import { keysOf } from './changes.ts';
import type { Queryable } from './pool.ts';

/** Whose a change is. */
export type ChangeHolder =
  | { readonly kind: 'ACCOUNT' | 'REQUEST'; readonly stream: string }
  | { readonly kind: 'NOBODY'; readonly detail?: string }
  /** The codes that it names belong to two organisations here: to that of `stream`, and `key` to `heldBy`. */
  | { readonly kind: 'TWO'; readonly stream: string; readonly key: string; readonly heldBy: string };

/**
 * Finds the case that a change is about: by the identification number; else by the codes under which it is reserved now,
 * the registry's own code first; else by those that an account held earlier, the latest holder first. A code that was
 * given to another organisation in the meantime is that organisation's.
 */
export async function findHolder(db: Queryable, change: RegistryChange): Promise<ChangeHolder> {
  const number = change.subject.identificationNumber;
  if (number !== undefined && (await exists(db, `account-${number}`))) {
    return { kind: 'ACCOUNT', stream: `account-${number}` };
  }
  const found = await byKeys(db, keysOf(change.registry, change.subject));
  if (number === undefined || found.kind === 'REQUEST' || found.kind === 'NOBODY') return found;
  return { kind: 'NOBODY', detail: `no account has the number; the codes are those of ${found.stream}` };
}

async function byKeys(db: Queryable, keys: readonly string[]): Promise<ChangeHolder> {
  if (keys.length === 0) return { kind: 'NOBODY' };
  const claims = await db.query<{ key: string; stream: string }>({
    name: 'change-claims',
    text: `select key, stream from orgeid.organisation_claims where key = any($1)
      order by array_position($1, key)`,
    values: [keys],
  });
  const [first, other] = claims.rows;
  if (!first) return await byFormerKeys(db, keys);
  const kind = first.stream.startsWith('account-') ? 'ACCOUNT' : 'REQUEST';
  if (kind === 'ACCOUNT' && other && other.stream !== first.stream) {
    return { kind: 'TWO', stream: first.stream, key: other.key, heldBy: other.stream };
  }
  return { kind, stream: first.stream };
}

async function byFormerKeys(db: Queryable, keys: readonly string[]): Promise<ChangeHolder> {
  const { rows } = await db.query<{ stream: string }>({
    name: 'change-former',
    text: `select stream from orgeid.former_keys where key = any($1)
      order by array_position($1, key), left_at desc limit 1`,
    values: [keys],
  });
  return rows[0] ? { kind: 'ACCOUNT', stream: rows[0].stream } : { kind: 'NOBODY' };
}

async function exists(db: Queryable, stream: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'case-exists',
    text: 'select from orgeid.cases where stream = $1',
    values: [stream],
  });
  return rowCount === 1;
}

/** Whether nothing changes in an account any more: it is closed, or carries a ground that nobody lifts. */
export async function isEnded(db: Queryable, stream: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'account-ended',
    text: `select from orgeid.cases
      where stream = $1 and (closed or state -> 'grounds' @> '[{"liftedBy": "NOBODY"}]')`,
    values: [stream],
  });
  return rowCount === 1;
}
