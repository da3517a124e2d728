import { historyOf } from '../../audit/replay/questions.ts';
import { inVietnam } from '../../domain/calendar/local-time.ts';
import type { AuditEvent } from '../../schemas/audit.ts';
import { print, printJson } from '../output.ts';
import { ask } from './ask.ts';
import type { AuditorOptions } from './auditor.ts';

/** An event on one line, in the time of Viet Nam. */
export const eventLine = ({ version, position, at, type, by, status, hash }: AuditEvent): string =>
  `${String(version).padStart(4)}  ${inVietnam(at)}  #${position}  ${type}  ${by.name}${by.unit === undefined ? '' : ` (${by.unit})`}  → ${status}  ${hash.slice(0, 12)}`;

/** Prints what happened in a case. @throws DomainError EID_ERR_USAGE, EID_ERR_CASE_UNKNOWN */
export async function runHistory(
  stream: string,
  { json, ...options }: AuditorOptions & { readonly json?: boolean },
): Promise<void> {
  const history = await ask(stream, options, { part: 'history' }, (archive, reader) =>
    historyOf(archive, reader, stream),
  );
  if (json) return printJson(history);
  print(`${history.stream}  policy ${history.policyVersion}`);
  for (const event of history.events) print(eventLine(event));
}
