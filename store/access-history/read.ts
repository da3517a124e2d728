import type { AccessEntry, AccessFilters, AccessPage } from '../../schemas/access-history.ts';
import { fromCursor, isInstantUs, toCursor } from '../inbox/cursor.ts';
import { binding, type Statement } from '../inbox/statement.ts';
import type { Queryable } from '../pool.ts';

type Row = {
  readonly writer: string;
  readonly seq: string;
  readonly recorded_at: string;
  readonly at_key: string;
  readonly id: string;
  readonly body: string;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const keyParts = [isInstantUs, (text: string) => uuid.test(text)];

/**
 * A page of the access history, what was done last first, then by id. New entries do not move what comes after a cursor. Who may
 * ask is the caller's to say: an auditor everything, a subject the streams of `streamsOfSubject` as `shownToSubject` shows them.
 *
 * @param limit 1 to 200
 * @param after `next` of the page before
 * @throws DomainError `EID_ERR_SHAPE` when `after` is not the cursor of a page of these filters
 */
export async function readAccessHistory(
  db: Queryable,
  filters: AccessFilters,
  limit: number,
  after?: string,
): Promise<AccessPage> {
  const most = Math.min(Math.max(Math.trunc(limit), 1), 200);
  const from = after === undefined ? undefined : fromCursor(filters, after, keyParts);
  const { rows } = await db.query<Row>(statementOf(filters, most, from));
  const last = rows.at(-1);
  return {
    entries: rows.map(({ writer, seq, recorded_at, body }) => ({
      writer,
      seq: Number(seq),
      recordedAt: recorded_at,
      entry: parseEntry(body),
    })),
    ...(last && rows.length === most ? { next: toCursor(filters, [last.at_key, last.id]) } : {}),
  };
}

/** Reads a body back: what `bodyOf` wrote. */
export const parseEntry = (body: string): AccessEntry => JSON.parse(body) as AccessEntry;

function statementOf(
  { streams, actorId, actions, result, from, to }: AccessFilters,
  most: number,
  after: readonly string[] | undefined,
): Statement {
  const { bind, statement } = binding();
  const [at, id] = after ?? [];
  const where = [
    ...(actorId === undefined ? [] : [`actor = ${bind(actorId)}`]),
    ...(actions ? [`action = any (${bind(actions)})`] : []),
    ...(result === undefined ? [] : [`result = ${bind(result)}`]),
    // The second names the parts that can hold such an entry: none is recorded before it was made, by clocks a day apart at most.
    ...(from === undefined
      ? []
      : [`at >= ${bind(from)}::timestamptz`, `recorded_at >= ${bind(from)}::timestamptz - interval '1 day'`]),
    ...(to === undefined ? [] : [`at < ${bind(to)}::timestamptz`]),
    ...(after ? [`(at, id) < (${bind(at)}::timestamptz, ${bind(id)}::uuid)`] : []),
  ];
  const end = `order by at desc, id desc limit ${bind(most)}`;
  const found = (more: readonly string[]) =>
    `select writer, seq, recorded_at, at, id, body from orgeid.access_history h ${clause([...more, ...where])} ${end}`;
  // Each case by its own index, in order: together they would have to be sorted.
  const rows = streams
    ? `select one.* from unnest(${bind([...new Set(streams)])}::text[]) s (stream)
       cross join lateral (${found(['h.stream = s.stream'])}) one ${end}`
    : found([]);
  return statement(`
    select writer, seq, orgeid.instant_us(recorded_at) as recorded_at, orgeid.instant_us(at) as at_key, id, body
    from (${rows}) found order by at desc, id desc`);
}

const clause = (all: readonly string[]): string => (all.length > 0 ? `where ${all.join(' and ')}` : '');
