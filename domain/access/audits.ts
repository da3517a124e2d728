import type { AccessTable, Reading } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';

const everyType: Readonly<Record<CaseType, true>> = {
  registration: true,
  account: true,
  'lock-order': true,
  verification: true,
};

/** Whether the table lets a caller, as an auditor, read every case in this way. */
export const audits = (
  { roles }: Pick<Actor, 'roles'>,
  table: Pick<AccessTable, 'rows'>,
  reading: Reading,
): boolean =>
  roles.includes('AUDITOR') &&
  Object.keys(everyType).every((caseType) =>
    table.rows.some(
      (row) =>
        row.case === caseType &&
        row.as.includes('AUDITOR') &&
        row.may.includes(reading) &&
        row.who.some((role) => roles.includes(role)),
    ),
  );
