import { type CaseType, caseTypeOf } from '../../schemas/case.ts';
import { parseBody } from '../body.ts';
import type { Queryable } from '../pool.ts';
import { type Projected, type Projections, project } from '../projection.ts';

/** What an append of the log puts into the read models. */
export type Put = Projected & {
  readonly stream: string;
  readonly type: CaseType;
  readonly version: number;
  /** Of its last event, and when it was recorded, as PostgreSQL writes it. */
  readonly position: number;
  readonly recordedAt: string;
  readonly policyVersion: string;
  readonly state: unknown;
};

/** An event that cannot be folded. */
export type Poison = {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly cause: string;
};

type Row = {
  readonly position: string;
  readonly stream: string;
  readonly version: number;
  readonly command_id: string;
  readonly recorded_at: string;
  readonly body: string;
};

/** State of each stream so far. */
export type Known = Map<string, { readonly version: number; readonly state: unknown }>;

/** Events after a position as the appends that they were, of which the last may not be whole. */
export async function readAppends(db: Queryable, after: number, limit: number): Promise<readonly Row[][]> {
  const { rows } = await db.query<Row>({
    name: 'rebuild-appends',
    text: `select position, stream, version, command_id, orgeid.instant_us(recorded_at) as recorded_at, body
      from orgeid.events where position > $1 order by position limit $2`,
    values: [after, limit],
  });
  const appends: Row[][] = [];
  for (const row of rows) {
    const open = appends.at(-1);
    const [first] = open ?? [];
    if (open && first?.stream === row.stream && first.command_id === row.command_id) open.push(row);
    else appends.push([row]);
  }
  // Whether the last one goes on is seen when nothing follows, or something of another command.
  return rows.length === limit && appends.length > 1 ? appends.slice(0, -1) : appends;
}

/** States of these streams as the shadow has them. */
export async function readKnown(db: Queryable, streams: readonly string[]): Promise<Known> {
  const { rows } = await db.query<{ stream: string; version: number; state: unknown }>({
    name: 'rebuild-known',
    text: 'select stream, version, state from orgeid_rebuild.cases where stream = any ($1)',
    values: [streams],
  });
  return new Map(rows.map(({ stream, version, state }) => [stream, { version, state }]));
}

/** Folds an append into what is known. Throws nothing: an event that cannot be folded is poison. */
export function foldAppend(
  projections: Projections,
  known: Known,
  append: readonly Row[],
): { readonly put: Put } | { readonly poison: Poison } {
  let at = append[0] as Row;
  try {
    const { stream } = at;
    const type = caseTypeOf(stream);
    if (!type) throw new Error('of no known type of case');
    const projection = projections[type];
    let { version, state } = known.get(stream) ?? { version: 0, state: projection.initial(stream) };
    for (const row of append) {
      at = row;
      if (row.version !== version + 1) throw new Error(`version ${row.version} follows version ${version}`);
      const { type: name, data, at: when, by } = parseBody(row.body);
      state = projection.evolve(state, { type: name, data, at: when, by });
      version = row.version;
    }
    const projected = project(projection, type, stream, state);
    known.set(stream, { version, state });
    const { policyVersion } = Object(state) as { policyVersion?: unknown };
    const put = { stream, type, version, position: Number(at.position), recordedAt: at.recorded_at, state };
    return {
      put: { ...projected, ...put, policyVersion: typeof policyVersion === 'string' ? policyVersion : '' },
    };
  } catch (error) {
    const { stream, version, position } = at;
    const cause = error instanceof Error ? error.message : String(error);
    return { poison: { position: Number(position), stream, version, cause } };
  }
}
