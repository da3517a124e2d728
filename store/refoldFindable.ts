import type { SearchTerms } from '../domain/search/terms.ts';
import type { Task } from '../schemas/task.ts';
import { placesOf } from './inbox/places.ts';
import type { Queryable } from './pool.ts';

/** A row of the inbox with its lane. Instants are ISO 8601 in UTC; a task without a limit is due at `infinity`. */
export type PlaceRow = {
  readonly task: string;
  readonly view: string;
  readonly unit: string;
  readonly role: string;
  readonly kind: string;
  readonly climbed: boolean;
  readonly free: boolean;
  readonly overdue: boolean;
  readonly due: string;
  readonly opened: string;
};
export type SearchRow = {
  readonly terms: { readonly name: string; readonly terms: readonly string[] };
  readonly codes: readonly string[];
};

/** What inboxes and searches find streams by. */
export type FindableRows = {
  readonly places: ReadonlyMap<string, readonly PlaceRow[]>;
  readonly search: ReadonlyMap<string, SearchRow>;
};

export const expectedPlaces = (tasks: readonly Task[]): PlaceRow[] =>
  inOrder(
    tasks.flatMap((task) =>
      placesOf(task).map((place) => ({
        ...place,
        task: task.id,
        role: task.role,
        kind: task.kind,
        free: task.status === 'OPEN',
        overdue: task.overdue,
        due: task.dueAt === undefined ? 'infinity' : new Date(task.dueAt).toISOString(),
        opened: new Date(task.openedAt).toISOString(),
      })),
    ),
  );

export const expectedSearch = ({ name, terms, codes }: SearchTerms): SearchRow => ({
  terms: { name, terms: inBytes(terms) },
  codes: inBytes(codes),
});

export async function readFindable(db: Queryable, streams: readonly string[]): Promise<FindableRows> {
  const places = await db.query<
    Omit<PlaceRow, 'due' | 'opened'> & { stream: string; due: Date | number; opened: Date }
  >(
    `select i.stream, i.task_id as task, l.view, l.unit, l.role, l.kind, l.climbed, l.free, l.overdue,
       i.due_key as due, i.opened_at as opened
     from orgeid.inbox i join orgeid.lanes l on l.id = i.lane where i.stream = any ($1)`,
    [streams],
  );
  const search = await db.query<{ stream: string; name: string; terms: string[]; codes: string[] }>(
    `select t.stream, t.name_key as name, tsvector_to_array(t.terms) as terms,
       array(select c.code from orgeid.case_codes c where c.stream = t.stream) as codes
     from orgeid.case_terms t where t.stream = any ($1)`,
    [streams],
  );
  const byStream = new Map<string, PlaceRow[]>();
  for (const { stream, due, opened, ...row } of places.rows) {
    const rows = byStream.get(stream) ?? [];
    rows.push({
      ...row,
      due: due instanceof Date ? due.toISOString() : 'infinity',
      opened: opened.toISOString(),
    });
    byStream.set(stream, rows);
  }
  return {
    places: new Map([...byStream].map(([stream, rows]) => [stream, inOrder(rows)])),
    search: new Map(
      search.rows.map(({ stream, name, terms, codes }) => [
        stream,
        { terms: { name, terms: inBytes(terms) }, codes: inBytes(codes) },
      ]),
    ),
  };
}

const inBytes = (texts: readonly string[]): string[] =>
  [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

const inOrder = (rows: readonly PlaceRow[]): PlaceRow[] => {
  const key = ({ task, view, unit }: PlaceRow) => `${task} ${view} ${unit}`;
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
};
