import type { CaseType, LoggedFact } from '../schemas/case.ts';
import { caseTypeOf } from '../schemas/case.ts';
import { parseBody } from './body.ts';
import type { Queryable } from './pool.ts';
import type { Projections } from './projection.ts';
import { toFact } from './read.ts';

/** An event of a case as its workflow would read it. */
export type CaseLogEvent = {
  readonly version: number;
  readonly commandId: string;
  readonly fact: LoggedFact;
};

/** A case as its events alone tell it. Instants are epoch ms. */
export type CaseLog = {
  readonly type: CaseType | undefined;
  readonly version: number;
  readonly closed: boolean;
  readonly recordedAt: number;
  readonly policyVersion: string | undefined;
  readonly events: readonly CaseLogEvent[];
};

/** Folds one case from its events; undefined when the log holds none. */
export async function readCaseLog(
  db: Queryable,
  projections: Projections,
  stream: string,
): Promise<CaseLog | undefined> {
  const { rows } = await db.query<{ body: string; version: number; command_id: string; recorded_at: Date }>({
    name: 'case-log',
    text: 'select body, version, command_id, recorded_at from orgeid.events where stream = $1 order by version',
    values: [stream],
  });
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return undefined;
  const type = caseTypeOf(stream);
  const projection = type && projections[type];
  const events = rows.map((row) => ({
    version: row.version,
    commandId: row.command_id,
    fact: toFact(row.body),
  }));
  const state = events.reduce(
    (state, { fact: { type, data, at, by } }) => projection?.evolve(state, { type, data, at, by }),
    projection?.initial(stream),
  );
  const { policyVersion } = parseBody(first.body).data as { readonly policyVersion?: unknown };
  return {
    type,
    version: last.version,
    closed: projection?.view(state).closed ?? false,
    recordedAt: last.recorded_at.getTime(),
    policyVersion: typeof policyVersion === 'string' ? policyVersion : undefined,
    events,
  };
}

/** How far the log of a stream reaches; 0 when there is none. */
export async function versionOf(db: Queryable, stream: string): Promise<number> {
  const { rows } = await db.query<{ version: number }>({
    name: 'version-of',
    text: 'select version from orgeid.events where stream = $1 order by version desc limit 1',
    values: [stream],
  });
  return rows[0]?.version ?? 0;
}

/** The streams of the log in order of their names, a page at a time. */
export async function* streamPages(db: Queryable, limit: number): AsyncGenerator<string[], void> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const { rows }: { rows: { stream: string }[] } = await db.query<{ stream: string }>({
      name: 'stream-pages',
      text: 'select distinct stream from orgeid.events where stream > $1 order by stream limit $2',
      values: [after, limit],
    });
    if (rows.length > 0) yield rows.map(({ stream }) => stream);
    after = rows.length < limit ? undefined : rows.at(-1)?.stream;
  }
}
