import process from 'node:process';
import { DomainError } from '../../domain/error.ts';
import { loadCalendar } from '../../policies/calendar/load.ts';
import { type OutputLanguage, print, printJson } from '../output.ts';
import { answer } from './answer.ts';
import { deadlineFile } from './file.ts';

/** Options of `orgeid deadline` as the command line gives them. */
export type DeadlineOptions = {
  readonly received?: string;
  readonly limit?: string;
  readonly unit?: string;
  readonly csv?: string;
  readonly calendar?: string;
  readonly json?: boolean;
  readonly lang: OutputLanguage;
};

/**
 * Prints the answer to one period, or to every row of a file. Bad rows make the exit code 1.
 *
 * @throws DomainError `EID_ERR_USAGE`, `EID_ERR_SHAPE`, `EID_ERR_FILE`, `EID_ERR_CALENDAR_RANGE`, `EID_ERR_POLICY_INVALID`
 */
export function runDeadline(options: DeadlineOptions): void {
  if (options.csv !== undefined) return ofFile(options, options.csv);
  const { received, limit, unit } = options;
  const given = { received, limit, unit };
  const missing = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [`--${name}`] : [],
  );
  if (received === undefined || limit === undefined || unit === undefined)
    throw new DomainError('EID_ERR_USAGE', { reason: `${missing.join(', ')} missing; or give --csv FILE` });
  const found = answer(loadCalendar(options.calendar), { received_at: received, limit, unit }, options.lang);
  if (!found.ok) throw new DomainError(found.code, { [found.column]: found.reason });
  if (options.json) return printJson(found.json);
  print(`${found.due_on}\n${found.sentences.map((sentence) => `  ${sentence}`).join('\n')}`);
}

function ofFile(options: DeadlineOptions, file: string): void {
  const alone = (['received', 'limit', 'unit'] as const).find((name) => options[name] !== undefined);
  if (alone) throw new DomainError('EID_ERR_USAGE', { reason: `--${alone} does not go together with --csv` });
  const { rows, errors, csv } = deadlineFile(file, loadCalendar(options.calendar), options.lang);
  if (options.json) printJson({ rows, errors });
  else {
    process.stdout.write(csv());
    for (const { message } of errors) process.stderr.write(`${message}\n`);
  }
  if (errors.length > 0) process.exitCode = 1;
}
