import type { CaseType, CaseView } from '../schemas/case.ts';
import type { Task } from '../schemas/task.ts';
import { canonical } from './body.ts';
import type { Queryable } from './pool.ts';
import { type Projections, project } from './projection.ts';
import { expectedPlaces, expectedSearch, type FindableRows, readFindable } from './refoldFindable.ts';
import type { Changed } from './refoldTasks.ts';

/** A row that differs from the fold of the log. `key`: the column of a case, the task, the claimed key, or the lane and its minute. */
export type Difference = {
  readonly stream: string;
  readonly what: 'VERSIONS' | 'CASE' | 'TASK' | 'CLAIM' | 'PLACE' | 'SEARCH' | 'COUNT';
  readonly key: string;
  readonly expected: unknown;
  readonly found: unknown;
};

/** A stream as the log gives it; `gap` is the first version that is missing, `changed` says which append last changed each task. */
export type Folded = {
  readonly stream: string;
  readonly type: string;
  readonly version: number;
  readonly position: number;
  readonly gap: number | undefined;
  readonly state: unknown;
  readonly changed: Changed;
};

type Columns = Readonly<Record<string, unknown>>;
type TaskRow = { readonly stream: string; readonly task_id: string; readonly columns: Columns };
type ClaimRow = { readonly key: string; readonly stream: string; readonly taken_from: string | null };
type Rows = {
  readonly cases: ReadonlyMap<string, Columns>;
  readonly tasks: ReadonlyMap<string, ReadonlyMap<string, Columns>>;
  readonly claims: readonly ClaimRow[];
};

/** Compares a batch of folded streams with their rows. */
export async function differencesOf(
  db: Queryable,
  projections: Projections,
  batch: readonly Folded[],
): Promise<Difference[]> {
  if (batch.length === 0) return [];
  const expected = batch.map((folded) => ({ folded, ...expectedOf(projections, folded) }));
  const streams = batch.map(({ stream }) => stream);
  const rows = await readRows(
    db,
    streams,
    expected.flatMap(({ claims }) => claims),
  );
  const findable = await readFindable(db, streams);
  return expected.flatMap(({ folded, columns, tasks, claims, ...wanted }) => [
    ...versionDifferences(folded),
    ...caseDifferences(folded.stream, columns, rows.cases.get(folded.stream)),
    ...taskDifferences(folded.stream, tasks, rows.tasks.get(folded.stream) ?? new Map()),
    ...claimDifferences(folded.stream, claims, rows.claims),
    ...findableDifferences(folded.stream, wanted, findable),
  ]);
}

function expectedOf(projections: Projections, { stream, type, version, state, changed }: Folded) {
  const projection = projections[type as keyof Projections] as Projections['account'] | undefined;
  if (!projection)
    return {
      columns: { type },
      tasks: new Map<string, Columns>(),
      claims: [],
      places: [],
      search: undefined,
    };
  const { view, search, nextDeadlineAt } = project(projection, type as CaseType, stream, state);
  return {
    columns: caseColumns(type, version, state, view, nextDeadlineAt),
    tasks: new Map(view.tasks.map((task) => [task.id, taskColumns(task, changed.get(task.id)?.position)])),
    claims: view.claims,
    places: expectedPlaces(view.tasks),
    search: expectedSearch(search),
  };
}

function findableDifferences(
  stream: string,
  { places, search }: Pick<ReturnType<typeof expectedOf>, 'places' | 'search'>,
  rows: FindableRows,
): Difference[] {
  const foundPlaces = rows.places.get(stream) ?? [];
  const foundSearch = rows.search.get(stream);
  return [
    ...[...new Set([...places, ...foundPlaces].map(({ task }) => task))].flatMap((task): Difference[] => {
      const expected = places.filter((place) => place.task === task);
      const found = foundPlaces.filter((place) => place.task === task);
      return same(expected, found) ? [] : [{ stream, what: 'PLACE', key: task, expected, found }];
    }),
    ...(['terms', 'codes'] as const).flatMap((key): Difference[] =>
      same(search?.[key], foundSearch?.[key])
        ? []
        : [{ stream, what: 'SEARCH', key, expected: search?.[key], found: foundSearch?.[key] }],
    ),
  ];
}

function caseColumns(
  type: string,
  version: number,
  state: unknown,
  view: CaseView,
  deadline: string | null,
): Columns {
  const { status, title, unit = null, closed, overdue, dueAt, waits } = view;
  const due_at = instant(dueAt);
  return {
    type,
    version,
    state,
    status,
    title,
    unit,
    closed,
    overdue,
    due_at,
    next_deadline_at: deadline,
    waits,
  };
}

function taskColumns(task: Task, position: number | undefined): Columns {
  const { kind, role, units, holder, status, dueAt, overdue, openedAt } = task;
  return {
    kind,
    role,
    units,
    holder: holder?.id ?? null,
    status,
    due_at: instant(dueAt),
    overdue,
    opened_at: instant(openedAt),
    task,
    position: String(position),
  };
}

const instant = (text: string | undefined): string | null =>
  text === undefined ? null : new Date(text).toISOString();

async function readRows(db: Queryable, streams: readonly string[], keys: readonly string[]): Promise<Rows> {
  const cases = await db.query<Columns & { stream: string }>(
    `select stream, type, version, state, status, title, unit, closed, overdue, due_at, next_deadline_at, waits
     from orgeid.cases where stream = any ($1)`,
    [streams],
  );
  const tasks = await db.query<Columns & { stream: string; task_id: string }>(
    `select stream, task_id, kind, role, units, holder, status, due_at, overdue, opened_at, task, position
     from orgeid.tasks where stream = any ($1)`,
    [streams],
  );
  const claims = await db.query<ClaimRow>(
    'select key, stream, taken_from from orgeid.organisation_claims where stream = any ($1) or key = any ($2)',
    [streams, keys],
  );
  return {
    cases: new Map(cases.rows.map(({ stream, ...columns }) => [stream, columns])),
    tasks: groupTasks(tasks.rows.map(({ stream, task_id, ...columns }) => ({ stream, task_id, columns }))),
    claims: claims.rows,
  };
}

function groupTasks(rows: readonly TaskRow[]): Map<string, Map<string, Columns>> {
  const grouped = new Map<string, Map<string, Columns>>();
  for (const { stream, task_id, columns } of rows) {
    const tasks = grouped.get(stream) ?? new Map<string, Columns>();
    grouped.set(stream, tasks.set(task_id, columns));
  }
  return grouped;
}

function versionDifferences({ stream, gap }: Folded): Difference[] {
  if (gap === undefined) return [];
  return [{ stream, what: 'VERSIONS', key: String(gap), expected: gap, found: undefined }];
}

function caseDifferences(stream: string, expected: Columns, found: Columns | undefined): Difference[] {
  if (!found) return [{ stream, what: 'CASE', key: stream, expected, found }];
  return Object.entries(expected)
    .filter(([key, value]) => !same(value, found[key]))
    .map(([key, value]) => ({ stream, what: 'CASE', key, expected: value, found: found[key] }));
}

function taskDifferences(
  stream: string,
  expected: ReadonlyMap<string, Columns>,
  found: ReadonlyMap<string, Columns>,
): Difference[] {
  return [...new Set([...expected.keys(), ...found.keys()])]
    .filter((id) => !same(expected.get(id), found.get(id)))
    .map((id) => ({ stream, what: 'TASK', key: id, expected: expected.get(id), found: found.get(id) }));
}

/** A claim that was handed over counts as held by the case that it was taken from. */
function claimDifferences(
  stream: string,
  wanted: readonly string[],
  rows: readonly ClaimRow[],
): Difference[] {
  const missing = wanted
    .map((key) => ({ key, row: rows.find((row) => row.key === key) }))
    .filter(({ row }) => row?.stream !== stream && row?.taken_from !== stream)
    .map(
      ({ key, row }): Difference => ({ stream, what: 'CLAIM', key, expected: stream, found: row?.stream }),
    );
  const unwanted = rows
    .filter((row) => row.stream === stream && !wanted.includes(row.key))
    .map(({ key }): Difference => ({ stream, what: 'CLAIM', key, expected: undefined, found: stream }));
  return [...missing, ...unwanted];
}

const same = (one: unknown, other: unknown): boolean =>
  one === undefined || other === undefined ? one === other : canonical(one) === canonical(other);
