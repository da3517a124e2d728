import type { RecordedAccess } from '../../schemas/access-history.ts';
import type { HadRead } from '../../schemas/audit.ts';
import type { LoggedEvent } from '../../schemas/case.ts';
import { readAccessHistory } from '../../store/access-history/read.ts';
import type { Queryable } from '../../store/pool.ts';

const PAGE = 200;
/** So many accesses to one case are looked at. */
const MOST = 20_000;

/** Accesses to a case up to an instant of the log, the last first. */
export async function accessesUpTo(
  db: Queryable,
  stream: string,
  instant: string,
): Promise<{ readonly accesses: readonly RecordedAccess[]; readonly truncated: boolean }> {
  const accesses: RecordedAccess[] = [];
  // The filter is exclusive and of ms: what was done within the last one is left to the comparison.
  const to = new Date(Date.parse(instant) + 1).toISOString();
  for (let after: string | undefined; ; ) {
    const page = await readAccessHistory(db, { streams: [stream], to }, PAGE, after);
    accesses.push(...page.entries.filter(({ entry }) => Date.parse(entry.at) <= Date.parse(instant)));
    after = page.next;
    if (after === undefined) return { accesses, truncated: false };
    if (accesses.length >= MOST) return { accesses, truncated: true };
  }
}

/**
 * Who had read a case, by accesses to it; the first first. What somebody can have seen at most is the version that the log held when
 * the access was recorded, which is after it was answered.
 *
 * @param events of the case, up to the moment
 */
export function hadRead(accesses: readonly RecordedAccess[], events: readonly LoggedEvent[]): HadRead[] {
  const readers = new Map<string, HadRead>();
  for (const { entry, recordedAt } of accesses.toReversed()) {
    const { id, name, roles, unit } = entry.actor;
    const key = `${id} ${unit ?? ''} ${roles.join()}`;
    const before = readers.get(key);
    const done = entry.outcome.result === 'DONE';
    const seen = done ? events.findLast((event) => event.recordedAt <= recordedAt)?.version : undefined;
    const version = Math.max(before?.seenVersion ?? 0, seen ?? 0);
    readers.set(key, {
      actor: { id, name, roles, ...(unit === undefined ? {} : { unit }) },
      actions: [...new Set([...(before?.actions ?? []), entry.action])],
      accesses: (before?.accesses ?? 0) + 1,
      refused: (before?.refused ?? 0) + (entry.outcome.result === 'REFUSED' ? 1 : 0),
      first: before?.first ?? entry.at,
      last: entry.at,
      rows: [...new Set([...(before?.rows ?? []), ...(done ? entry.ground.rows : [])])],
      relations: [...new Set([...(before?.relations ?? []), ...entry.ground.relations])],
      ...(version > 0 ? { seenVersion: version } : {}),
    });
  }
  return [...readers.values()];
}
