import type { AccessTable, Reading } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import { CaseType } from '../../schemas/case.ts';

/** Whether the table lets a caller, as an auditor, read every case in this way. */
export const audits = (
  { roles }: Pick<Actor, 'roles'>,
  table: Pick<AccessTable, 'rows'>,
  reading: Reading,
): boolean =>
  roles.includes('AUDITOR') &&
  CaseType.options.every((caseType) =>
    table.rows.some(
      (row) =>
        row.case === caseType &&
        row.as.includes('AUDITOR') &&
        row.may.includes(reading) &&
        row.who.some((role) => roles.includes(role)),
    ),
  );
