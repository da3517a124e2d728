import { DomainError } from '../domain/error.ts';
import type { RecordAnswer, RecordInput } from '../schemas/case.ts';
import { canonical } from './body.ts';
import { fillNumber } from './fill.ts';
import type { Queryable } from './pool.ts';
import { type Projected, type Projections, project } from './projection.ts';
import { eventActor, toFact } from './read.ts';
import { createStates } from './states.ts';

export type Recorder = { record(input: RecordInput): Promise<RecordAnswer> };

type AppendRow = {
  readonly kind: 'recorded' | 'ahead' | 'behind' | 'reserved';
  readonly version: number;
  readonly bodies: string[] | null;
  readonly claim: string | null;
  readonly holder: string | null;
};

/**
 * Makes the one way into the log. A call is one PostgreSQL transaction that writes the events and the read models
 * made of them, or nothing at all:
 *
 * - `recorded`: the log holds the events, up to `version`; `filled` tells which tokens became what.
 * - `ahead`: nothing was written, because the stream has gone on or because this command is done already. `events` are those
 *   after `expectedVersion` and, wherever they stand, those of this very command, in order of version.
 * - `reserved`: nothing was written, because another case holds a key of the organisation.
 *
 * Throws when PostgreSQL does not answer; the outcome is then unknown, and the same call again finds out.
 *
 * @param cacheSize states kept in memory (default 2000)
 * @throws DomainError `EID_ERR_LOG_BROKEN` when the stream is shorter than `expectedVersion`: events were lost
 * @throws DomainError `EID_ERR_SHAPE` when a text holds NUL or half a surrogate pair
 */
export function createRecorder(db: Queryable, projections: Projections, cacheSize = 2000): Recorder {
  const states = createStates(db, cacheSize);

  const record = async (input: RecordInput): Promise<RecordAnswer> => {
    const { stream, expectedVersion } = input;
    if (input.events.length === 0) throw new TypeError('a command without events is not recorded');
    const projection = projections[input.caseType];
    const before = await states.at(projection, stream, expectedVersion);
    if (before === undefined) return readAhead(db, input);

    const { value: events, filled } = await fillNumber(db, input.events);
    const by = eventActor(input.actor);
    const after = events.reduce<unknown>(
      (state, event) => projection.evolve(state, { ...event, at: input.at, by }),
      before,
    );
    const projected = project(projection, input.caseType, stream, after);
    const row = await append(db, input, bodies(input, events), after, projected);
    switch (row.kind) {
      case 'recorded':
        states.keep(stream, row.version, after);
        return { kind: 'recorded', version: row.version, ...(filled ? { filled } : {}) };
      case 'ahead':
        return { kind: 'ahead', events: (row.bodies ?? []).map(toFact) };
      case 'reserved':
        return { kind: 'reserved', key: row.claim ?? '', by: row.holder ?? '' };
      case 'behind':
        throw behind(input, row.version);
    }
  };
  return { record };
}

function bodies(input: RecordInput, events: RecordInput['events']): string[] {
  const { stream, expectedVersion, at, commandId, correlationId } = input;
  const by = eventActor(input.actor);
  return events.map(({ type, data }, index) =>
    canonical({ stream, version: expectedVersion + 1 + index, type, data, at, by, commandId, correlationId }),
  );
}

async function append(
  db: Queryable,
  input: RecordInput,
  texts: readonly string[],
  state: unknown,
  { view, search, nextDeadlineAt }: Projected,
): Promise<AppendRow> {
  const { rows } = await db.query<AppendRow>({
    name: 'append',
    text: 'select * from orgeid.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)',
    values: [
      input.stream,
      input.caseType,
      input.policyVersion,
      input.expectedVersion,
      input.commandId,
      input.correlationId ?? null,
      input.at,
      input.events.map(({ type }) => type),
      texts,
      JSON.stringify(state),
      JSON.stringify({ ...view, search }),
      nextDeadlineAt,
    ],
  });
  const row = rows[0];
  if (!row) throw new Error('the append gave no answer');
  return row;
}

async function readAhead(db: Queryable, input: RecordInput): Promise<RecordAnswer> {
  const { stream, expectedVersion, commandId } = input;
  const { rows } = await db.query<{ bodies: string[] }>({
    name: 'ahead',
    text: 'select orgeid.ahead($1, $2, $3) as bodies',
    values: [stream, expectedVersion, commandId],
  });
  const events = (rows[0]?.bodies ?? []).map(toFact);
  if (events.length === 0) throw behind(input, undefined);
  return { kind: 'ahead', events };
}

const behind = ({ stream, expectedVersion }: RecordInput, version: number | undefined) =>
  new DomainError('EID_ERR_LOG_BROKEN', {
    stream,
    expectedVersion,
    ...(version === undefined ? {} : { version }),
  });
