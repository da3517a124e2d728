import { createHash } from 'node:crypto';
import { DomainError } from '../domain/error.ts';
import { canonical } from './body.ts';
import type { Queryable } from './pool.ts';

/** A command under the key that its sender gave it. */
export type KeyedCommand = {
  readonly key: string;
  readonly actorId: string;
  readonly stream: string;
  readonly type: string;
  /** What was sent; only its digest is kept. */
  readonly sent: unknown;
};

/** What is known of a key: where its command was sent, and the version that it led to, once the log holds it. */
export type KeyedOutcome = {
  readonly stream: string;
  readonly type: string;
  readonly givenAt: string;
  readonly version?: number;
};

type Row = {
  readonly fresh: boolean | null;
  readonly actor: string | null;
  readonly stream: string | null;
  readonly type: string | null;
  readonly digest: string | null;
  readonly version: number | null;
};

const digestOf = (sent: unknown): string =>
  createHash('sha256').update(canonical(sent), 'utf8').digest('hex');

/**
 * Binds a key to the command that is sent under it, and tells the version that it led to when it was carried out before.
 * Not waited for on disk: the log is what makes a command happen once, and this only tells an honest repetition from another command.
 *
 * @throws DomainError `EID_ERR_KEY_REUSED` when somebody's other command was sent under this key
 */
export async function bindKey(db: Queryable, command: KeyedCommand): Promise<number | undefined> {
  const digest = digestOf(command.sent);
  for (;;) {
    const { rows } = await db.query<Row>({
      name: 'bind-key',
      text: `with quick as (select set_config('synchronous_commit', 'off', true)),
        given as (
          insert into orgeid.command_keys (key, actor, stream, type, digest)
          select $1, $2, $3, $4, decode($5, 'hex') from quick on conflict (key) do nothing returning true as fresh)
        select (select fresh from given) as fresh, k.actor, k.stream, k.type, encode(k.digest, 'hex') as digest,
          (select max(version) from orgeid.events where stream = $3 and command_id = $1) as version
        from (values (true)) one left join orgeid.command_keys k on k.key = $1`,
      values: [command.key, command.actorId, command.stream, command.type, digest],
    });
    const [row] = rows;
    if (!row) throw new Error('one row was asked for');
    if (row.fresh) return row.version ?? undefined;
    if (row.actor === null) continue; // somebody bound it at this very moment: now it can be read
    const same =
      row.actor === command.actorId &&
      row.stream === command.stream &&
      row.type === command.type &&
      row.digest === digest;
    if (!same) throw new DomainError('EID_ERR_KEY_REUSED', { key: command.key });
    return row.version ?? undefined;
  }
}

/** Gives a key back after a refusal, so that the mended command may be sent under it; one that the log holds stays. */
export async function releaseKey(db: Queryable, key: string, actorId: string): Promise<void> {
  await db.query({
    name: 'release-key',
    text: `delete from orgeid.command_keys k where k.key = $1 and k.actor = $2
      and not exists (select from orgeid.events e where e.stream = k.stream and e.command_id = k.key)`,
    values: [key, actorId],
  });
}

/** What became of the command that a person sent under a key; undefined when there is none. */
export async function keyedOutcome(
  db: Queryable,
  key: string,
  actorId: string,
): Promise<KeyedOutcome | undefined> {
  const { rows } = await db.query<{
    stream: string;
    type: string;
    given_at: Date;
    version: number | null;
  }>({
    name: 'keyed-outcome',
    text: `select k.stream, k.type, k.given_at,
        (select max(version) from orgeid.events e where e.stream = k.stream and e.command_id = k.key) as version
      from orgeid.command_keys k where k.key = $1 and k.actor = $2`,
    values: [key, actorId],
  });
  const [row] = rows;
  return (
    row && {
      stream: row.stream,
      type: row.type,
      givenAt: row.given_at.toISOString(),
      ...(row.version === null ? {} : { version: row.version }),
    }
  );
}

/** Forgets keys bound before an instant (ISO 8601); returns how many. */
export async function forgetKeys(db: Queryable, before: string): Promise<number> {
  const { rowCount } = await db.query('delete from orgeid.command_keys where given_at < $1', [before]);
  return rowCount ?? 0;
}
