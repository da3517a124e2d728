import type { ChangeDisposition, ChangeSubject, RegistryChange } from '../schemas/change.ts';
import type { Registry } from '../schemas/registry.ts';
import { fingerprint, payloadOf, storable } from './incoming.ts';
import type { Queryable } from './pool.ts';

/** An incoming change and what was made of it. Registry and id are absent when they could not be read. */
export type ChangeEntry = {
  readonly registry?: Registry;
  readonly changeId?: string;
  readonly disposition: ChangeDisposition;
  /** The account, or the request under way, that was found for it. */
  readonly stream?: string;
  /** When the transport took the message, the same at each delivery; ISO 8601 UTC with microseconds. */
  readonly receivedAt: string;
  readonly detail?: string;
  /** Absent when malformed. */
  readonly change?: RegistryChange;
  readonly raw: string | Uint8Array;
};

/** A change that came while the organisation's request was under way. `entry` is its place in the journal. */
export type WaitingChange = { readonly entry: string; readonly change: RegistryChange };

/** Keys of the codes by which a change names its organisation, the registry's own code first. */
export function keysOf(registry: Registry, { code, taxCode }: ChangeSubject): string[] {
  const codes = registry === 'TAX' ? [taxCode, code] : [code, taxCode];
  return [...new Set(codes.flatMap((one) => (one === undefined ? [] : [`code:${one}`])))];
}

/**
 * Adds an entry to the append-only journal of changes. The same message with the same disposition is one entry, so a
 * redelivery may journal again. Of the messages of one change one alone is `TAKEN`.
 *
 * @returns the disposition that stands: `DUPLICATE` for a change that was taken by way of another message
 */
export async function journalChange(db: Queryable, entry: ChangeEntry): Promise<ChangeDisposition> {
  const isDuplicate = entry.disposition === 'DUPLICATE';
  if (isDuplicate && (await isTakenMessage(db, entry))) return 'TAKEN';
  const bytes = Buffer.from(entry.raw);
  const { rowCount } = await db.query({
    name: 'journal-change',
    text: `insert into orgeid.registry_changes
        (registry, change_id, keys, disposition, stream, received_at, detail, payload, raw, raw_sha256)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    values: [
      entry.registry ?? null,
      storable(entry.changeId),
      entry.change ? keysOf(entry.change.registry, entry.change.subject) : [],
      entry.disposition,
      entry.stream ?? null,
      entry.receivedAt,
      storable(entry.detail ?? (isDuplicate ? await otherContent(db, entry) : undefined)),
      payloadOf(entry.change),
      storable(bytes.toString('utf8')),
      fingerprint(bytes),
    ],
  });
  if (rowCount === 1 || entry.disposition !== 'TAKEN') return entry.disposition;
  return await journalChange(db, { ...entry, disposition: 'DUPLICATE' });
}

/** Whether the journal's `TAKEN` of a change is this very message. */
async function isTakenMessage(db: Queryable, { registry, changeId, receivedAt, raw }: ChangeEntry) {
  const { rowCount } = await db.query({
    name: 'change-taken-message',
    text: `select from orgeid.registry_changes where disposition = 'TAKEN'
      and registry = $1 and change_id = $2 and received_at = $3 and raw_sha256 = $4`,
    values: [registry, changeId, receivedAt, fingerprint(Buffer.from(raw))],
  });
  return rowCount === 1;
}

/** The same id with other content is no repetition: the journal says so, for the registry's people to look into. */
async function otherContent(db: Queryable, { registry, changeId, change }: ChangeEntry) {
  const { rowCount } = await db.query({
    name: 'change-other-content',
    text: `select from orgeid.registry_changes
      where disposition = 'TAKEN' and registry = $1 and change_id = $2 and payload <> $3`,
    values: [registry, changeId, payloadOf(change)],
  });
  return rowCount === 1 ? 'the same id with other content' : undefined;
}

/** The account that took this change, by the journal. */
export async function takerOf(
  db: Queryable,
  { registry, id }: RegistryChange,
): Promise<{ readonly stream: string } | undefined> {
  const { rows } = await db.query<{ stream: string }>({
    name: 'change-taker',
    text: `select stream from orgeid.registry_changes
      where disposition = 'TAKEN' and registry = $1 and change_id = $2`,
    values: [registry, id],
  });
  return rows[0];
}

/** Changes about an organisation that wait for its account to open, earliest first by the registry's own time. */
export async function waitingChanges(db: Queryable, keys: readonly string[]): Promise<WaitingChange[]> {
  const { rows } = await db.query<WaitingChange>({
    name: 'changes-waiting',
    text: `select distinct on (w.registry, w.change_id) w.id::text as entry, w.payload as change
      from orgeid.registry_changes w
      where w.disposition = 'NOT_YET_OPEN' and w.keys && $1
        and not exists (select from orgeid.registry_changes s
          where s.registry = w.registry and s.change_id = w.change_id
            and s.disposition in ('TAKEN', 'DUPLICATE', 'AFTER_END', 'CONFLICT', 'MALFORMED'))
      order by w.registry, w.change_id, w.id`,
    values: [keys],
  });
  return rows.sort((a, b) => inOrder(a.change, b.change));
}

const inOrder = (a: RegistryChange, b: RegistryChange): number =>
  Date.parse(a.changedAt) - Date.parse(b.changedAt) || a.revision - b.revision;

/** Journals what became of a change that waited, beside its first entry and about the same message. */
export async function journalWaiting(
  db: Queryable,
  entry: string,
  became: Pick<ChangeEntry, 'disposition' | 'stream' | 'detail'>,
): Promise<void> {
  await db.query({
    name: 'journal-waiting',
    text: `insert into orgeid.registry_changes
        (registry, change_id, keys, disposition, stream, received_at, detail, payload, raw, raw_sha256)
      select registry, change_id, keys, $2, $3, received_at, $4, payload, raw, raw_sha256
      from orgeid.registry_changes where id = $1 on conflict do nothing`,
    values: [entry, became.disposition, became.stream ?? null, storable(became.detail)],
  });
}
