import { stateOf } from '../../audit/replay/questions.ts';
import { inVietnam } from '../../domain/calendar/local-time.ts';
import type { AuditMoment } from '../../schemas/audit.ts';
import { print, printJson } from '../output.ts';
import type { AuditorOptions } from './auditor.ts';
import { asAuditor } from './database.ts';
import { type MomentOptions, momentOfOptions } from './moments.ts';
import { recordedRead } from './recorded.ts';

/** Where a case stood, on one line. */
export const momentLine = ({ instant, version, position, at, hash }: AuditMoment): string =>
  `as of ${inVietnam(instant)} (Viet Nam): version ${version}, last event ${inVietnam(at)} #${position} ${hash.slice(0, 12)}`;

/** Prints a case as it was. @throws DomainError EID_ERR_USAGE, EID_ERR_SHAPE, EID_ERR_CASE_UNKNOWN, EID_ERR_MOMENT */
export async function runState(
  stream: string,
  { json, as, ...said }: AuditorOptions & MomentOptions & { readonly json?: boolean },
): Promise<void> {
  const found = await asAuditor((db) =>
    recordedRead(
      db,
      as === undefined ? {} : { as },
      { stream, question: { part: 'state', ...said } },
      'AUDIT',
      (reader) => stateOf({ db, now: Date.now() }, reader, stream, momentOfOptions(said)),
    ),
  );
  if (json) return printJson(found);
  const { view, moment, state, policyVersion, versionToday } = found;
  print(`${stream}  ${view.title}`);
  print(momentLine(moment));
  print(
    `status ${view.status}${view.overdue ? ', overdue' : ''}; policy ${policyVersion}; version today ${versionToday}`,
  );
  for (const { kind, owner, what, since, until } of view.waits)
    print(
      `waits for ${kind} ${owner}: ${what}, since ${inVietnam(since)}${until === undefined ? '' : `, until ${inVietnam(until)}`}`,
    );
  print(JSON.stringify(state, null, 2));
}
