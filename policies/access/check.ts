import { type AccessRow, type AccessTable, commandTypes, Reading } from '../../schemas/access.ts';
import { CaseType } from '../../schemas/case.ts';
import type { Problem } from '../calendar/check.ts';

/** What a table may not say, whatever its rows are: each of these would open a door that no row means to. */
export function accessProblems({ rows }: AccessTable): Problem[] {
  return [
    ...rows.flatMap((row, i) =>
      rowProblems(row).map((message) => ({ path: `rows.${i} ${row.id}`, message })),
    ),
    ...rows.flatMap(({ id }, i) =>
      rows.findIndex((row) => row.id === id) === i
        ? []
        : [{ path: `rows.${i} ${id}`, message: 'names a row again' }],
    ),
    ...CaseType.options.flatMap((type) => unreachable(type, rows)),
  ];
}

const reads: ReadonlySet<string> = new Set(Reading.options);

function rowProblems({ who, as, may }: AccessRow): string[] {
  const commands = may.filter((grant) => !reads.has(grant));
  const opens = as.includes('OPENER');
  const problem = (found: boolean, message: string) => (found ? [message] : []);
  return [
    ...problem(who.includes('SERVICE'), 'another system reads no case and decides nothing'),
    ...problem(
      who.includes('AUDITOR') !== as.includes('AUDITOR'),
      'an auditor stands to a case as auditor alone',
    ),
    ...problem(as.includes('AUDITOR') && commands.length > 0, 'an auditor decides nothing'),
    ...problem(
      who.includes('SYSTEM') !== as.includes('SYSTEM'),
      'the system stands to a case as system alone',
    ),
    ...problem(
      (who.includes('AUDITOR') || who.includes('SYSTEM')) && who.length > 1,
      'mixes people and others',
    ),
    ...problem(opens && (as.length > 1 || commands.length < may.length), 'who opens a case has none to read'),
    ...problem(!opens && !may.includes('READ'), 'whoever acts on a case may read it'),
    ...problem(new Set<string>(may).size < may.length, 'allows the same twice'),
  ];
}

/** A command that no row allows could never be given: the table was not brought up to the case. */
function unreachable(type: CaseType, rows: readonly AccessRow[]): Problem[] {
  const allowed = new Set<string>(
    rows.filter((row) => row.case === type).flatMap((row): string[] => row.may),
  );
  return commandTypes[type]
    .filter((command) => !allowed.has(command))
    .map((command) => ({ path: type, message: `no row allows ${command}` }));
}
