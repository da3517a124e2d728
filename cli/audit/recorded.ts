import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { groundOfList } from '../../domain/access-history/ground.ts';
import { DomainError } from '../../domain/error.ts';
import {
  type AccessAction,
  type AccessEntry,
  type AccessObject,
  type AccessOutcome,
  AccessQuestion,
} from '../../schemas/access-history.ts';
import { CaseType, caseTypeOf } from '../../schemas/case.ts';
import { StreamId } from '../../schemas/codes.ts';
import { errorTable } from '../../schemas/errors.ts';
import { recordAccess } from '../../store/accessHistory.ts';
import type { Queryable } from '../../store/pool.ts';
import { type Auditor, type AuditorOptions, auditorOf } from './auditor.ts';

/** The hash chain of what is read from the command line. */
const WRITER = 'audit-cli';

/** What is read: a case or none, and what was asked, by name of the option. */
export type Asked = {
  readonly stream?: string;
  readonly question?: Readonly<Record<string, string | number | boolean | undefined>>;
};

/**
 * Does something for an auditor and hands over what came of it once the access history holds that it was done, or that it was refused: show
 * nothing before this returns. What goes on for longer, such as a stream of accounts, is made ready inside and read afterwards.
 *
 * @param options `--as`, or ORGEID_AUDITOR
 * @throws DomainError EID_ERR_USAGE when nobody says who audits; what the work throws; what PostgreSQL throws when nothing can be recorded
 */
export async function recordedRead<T>(
  db: Queryable,
  options: AuditorOptions,
  asked: Asked,
  action: Extract<AccessAction, 'AUDIT' | 'EXPORT'>,
  work: (auditor: Auditor) => Promise<T>,
): Promise<T> {
  const auditor = auditorOf(options);
  const at = new Date().toISOString();
  const write = (outcome: AccessOutcome) =>
    recordAccess(db, WRITER, [entryOf(auditor, at, asked, action, outcome)]);
  let result: T;
  try {
    result = await work(auditor);
  } catch (error) {
    await write(outcomeOf(error)).catch(() => {}); // the refusal itself is what is told; nothing was shown
    throw error;
  }
  await write({ result: 'DONE' });
  return result;
}

function outcomeOf(error: unknown): AccessOutcome {
  const code = error instanceof DomainError ? error.code : 'EID_ERR_INTERNAL';
  return { result: errorTable[code].status >= 500 ? 'UNANSWERED' : 'REFUSED', code };
}

function entryOf(
  { actor, table }: Auditor,
  at: string,
  { stream, question }: Asked,
  action: AccessAction,
  outcome: AccessOutcome,
): AccessEntry {
  const said = Object.fromEntries(Object.entries(question ?? {}).filter(([, value]) => value !== undefined));
  const isStream = stream !== undefined && StreamId.safeParse(stream).success;
  const caseType = isStream ? caseTypeOf(stream) : undefined;
  // What is no case's name is still what somebody asked for.
  const misnamed = stream !== undefined && !isStream ? { case: stream.slice(0, 120) } : {};
  const what: AccessObject = {
    ...(isStream ? { stream } : {}),
    ...(caseType === undefined ? {} : { caseType }),
    question: AccessQuestion.parse({ ...misnamed, ...said }),
  };
  return {
    id: randomUUID(),
    at,
    actor: { id: actor.id, name: actor.name, roles: actor.roles, clientId: 'orgeid-cli' },
    action,
    outcome,
    what,
    ground: groundOfList(actor, caseType ? [caseType] : CaseType.options, ['AUDITOR'], { table }),
    remoteAddress: os.hostname().slice(0, 100),
  };
}
