import { systemActor } from '../../domain/deciding.ts';
import { canonical } from '../../store/body.ts';
import type { CaseLog } from '../../store/caseLog.ts';
import type { Discrepancy, KindOf } from './discrepancy.ts';
import type { Evidence } from './evidence.ts';

/** A run of a case's workflow: its status, and what its history says. */
export type CaseRun = {
  readonly run: string;
  /** Temporal's status, `RUNNING`, `COMPLETED`, `TERMINATED`, … */
  readonly status: string;
  readonly evidence: Evidence;
};

/** A case as the log has it beside the latest run of its workflow. */
export type CaseSides = {
  readonly stream: string;
  /** None when the log holds no event of it. */
  readonly log: CaseLog | undefined;
  /** Version of the log before the history was read: what came later the workflow need not know. */
  readonly knownUntil: number;
  /** None when Temporal holds no run of it. */
  readonly run: CaseRun | undefined;
  /** Whether a workflow that ended with the case's last event would still be held. */
  readonly retained: boolean;
};

/** How a case and the latest run of its workflow differ. */
export function compareCase({ stream, log, knownUntil, run, retained }: CaseSides): Discrepancy[] {
  const say = (kind: KindOf<'WORKFLOW'>, detail: string, more: Partial<Discrepancy> = {}): Discrepancy => ({
    source: 'WORKFLOW',
    kind,
    detail,
    stream,
    ...(run ? { run: run.run } : {}),
    ...more,
  });
  if (!run) {
    if (log && !log.closed)
      return [say('OPEN_CASE_WITHOUT_WORKFLOW', 'the case is open and no workflow looks after it')];
    return log && retained
      ? [say('CLOSED_CASE_WITHOUT_WORKFLOW', 'the case closed not long ago, and Temporal holds no run of it')]
      : [];
  }
  const { status } = run;
  const differences = [...compareRun(stream, log, run)];
  if (!log) {
    if (status === 'RUNNING')
      differences.unshift(say('WORKFLOW_WITHOUT_LOG', 'a workflow runs, and the log holds no event of it'));
    return differences;
  }
  if (!log.closed && status !== 'RUNNING')
    differences.unshift(
      say('OPEN_CASE_WORKFLOW_ENDED', 'the case is open and its workflow is over', {
        expected: 'RUNNING',
        found: status,
      }),
    );
  if (log.closed && status === 'RUNNING')
    differences.unshift(say('CLOSED_CASE_WORKFLOW_RUNNING', 'the case is closed and its workflow runs'));
  else if (log.closed && status !== 'COMPLETED')
    differences.unshift(
      say('CLOSED_CASE_WORKFLOW_NOT_COMPLETED', 'the case is closed and its workflow ended otherwise', {
        expected: 'COMPLETED',
        found: status,
      }),
    );
  return [...differences, ...unknownTo(run, stream, log, knownUntil)];
}

/** Whatever the history of any run says about the log must be there. */
export function* compareRun(
  stream: string,
  log: CaseLog | undefined,
  { run, evidence }: Pick<CaseRun, 'run' | 'evidence'>,
): Generator<Discrepancy> {
  const place = { source: 'WORKFLOW', stream, run } as const;
  const events = new Map(log?.events.map((event) => [event.version, event]));
  const told = new Set<number>();
  for (const { commandId, type, version } of evidence.updates) {
    const own = log?.events.filter((event) => event.commandId === commandId) ?? [];
    const last = own.at(-1)?.version;
    const at = { ...place, commandId, version };
    if (version > 0 && last === undefined && !events.has(version)) {
      told.add(version);
      yield {
        ...at,
        kind: 'UPDATE_WITHOUT_EVENTS',
        detail: `${type} was answered with a version that the log does not hold, and it has no events`,
      };
      // An Update answered again later, when the case had long forgotten it, may name a later version, never an earlier one.
    } else if (last !== undefined && (version < last || !events.has(version))) {
      told.add(version);
      yield {
        ...at,
        kind: 'UPDATE_VERSION_DIFFERS',
        detail: `${type} was answered with another version than its events have`,
        expected: last,
        found: version,
      };
    }
  }
  const accepted = new Set(evidence.accepted);
  for (const version of evidence.recorded) {
    const event = events.get(version);
    if (!event || accepted.has(event.commandId) || event.fact.by.id === systemActor.id) continue;
    yield {
      ...place,
      kind: 'KNOWN_EVENT_DIFFERS',
      detail: 'the workflow recorded this version, but never took the command that the log names',
      version,
      commandId: event.commandId,
    };
  }
  for (let version = 1; version <= reachedBy(evidence); version += 1) {
    if (events.has(version) || told.has(version)) continue;
    yield {
      ...place,
      kind: 'RECORDED_EVENT_MISSING',
      detail: 'the workflow wrote or read this version, and the log does not hold it',
      version,
    };
  }
  for (const fact of evidence.facts) {
    const { version, commandId } = fact;
    const event = events.get(version);
    if (!event || canonical(event.fact) === canonical(fact)) continue;
    yield {
      ...place,
      kind: 'KNOWN_EVENT_DIFFERS',
      detail: 'the workflow read another event of this version from the log',
      version,
      commandId,
    };
  }
}

/** The last version that a run wrote, read or took over; it knows all before that, since it knows no gaps. */
const reachedBy = ({ carriedVersion, recorded, facts }: Evidence): number =>
  [...recorded, ...facts.map(({ version }) => version)].reduce(
    (most, version) => Math.max(most, version),
    carriedVersion,
  );

/** Events after the last that the latest run knows. */
function unknownTo({ run, evidence }: CaseRun, stream: string, log: CaseLog, until: number): Discrepancy[] {
  const reached = reachedBy(evidence);
  return log.events
    .filter(({ version }) => version > reached && version <= until)
    .map(({ version, commandId }) => ({
      source: 'WORKFLOW',
      kind: 'EVENT_UNKNOWN_TO_WORKFLOW',
      detail: 'the log holds an event that its workflow neither wrote nor read',
      stream,
      run,
      version,
      commandId,
    }));
}
