import { stateOf } from '../../audit/replay/questions.ts';
import { inVietnam } from '../../domain/calendar/local-time.ts';
import type { AuditMoment } from '../../schemas/audit.ts';
import { print, printJson } from '../output.ts';
import { ask } from './ask.ts';
import type { AuditorOptions } from './auditor.ts';
import { type MomentOptions, momentOfOptions } from './moments.ts';

/** Where a case stood, on one line. */
export const momentLine = ({ instant, version, position, at, hash }: AuditMoment): string =>
  `as of ${inVietnam(instant)} (Viet Nam): version ${version}, last event ${inVietnam(at)} #${position} ${hash.slice(0, 12)}`;

/** Prints a case as it was. @throws DomainError EID_ERR_USAGE, EID_ERR_SHAPE, EID_ERR_CASE_UNKNOWN, EID_ERR_MOMENT */
export async function runState(
  stream: string,
  { json, ...options }: AuditorOptions & MomentOptions & { readonly json?: boolean },
): Promise<void> {
  const { as: _, ...said } = options;
  const found = await ask(stream, options, { part: 'state', ...said }, (archive, reader) =>
    stateOf(archive, reader, stream, momentOfOptions(said)),
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
