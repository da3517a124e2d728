import type { AccessRow, Relation } from '../../schemas/access.ts';
import type { AccessGround } from '../../schemas/access-history.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { Access, StateOf } from '../access/case.ts';
import { relationOf } from '../access/relation.ts';

const grants = (row: AccessRow, grant: string): boolean => row.may.some((one) => one === grant);
const isFor = (row: AccessRow, { roles }: Actor): boolean => row.who.some((role) => roles.includes(role));

/**
 * On what ground the table lets a caller read a case (`READ`) or give a command of a type. Without rows: it does not, and the
 * relations say how the caller stands to the case.
 */
export function groundOf<T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  grant: string,
  access: Access,
): AccessGround {
  const stands = relationOf(actor, caseType, state, access);
  const rows = access.table.rows.filter(
    (row) =>
      row.case === caseType &&
      isFor(row, actor) &&
      row.as.some((relation) => stands.has(relation)) &&
      grants(row, grant),
  );
  const through = [...stands].filter((relation) =>
    rows.some((row) => row.as.some((one) => one === relation)),
  );
  return {
    table: access.table.version,
    rows: rows.map(({ id }) => id),
    relations: rows.length > 0 ? through : [...stands],
  };
}

/**
 * On what ground a caller is shown lists of cases: the rows by which these relations may read. Says nothing of any one case.
 *
 * @param relations the ways in which the list was asked for, such as `UNIT` for the unit's work
 */
export function groundOfList(
  actor: Actor,
  caseTypes: readonly CaseType[],
  relations: readonly Relation[],
  { table }: Pick<Access, 'table'>,
): AccessGround {
  const rows = table.rows.filter(
    (row) =>
      caseTypes.includes(row.case) &&
      isFor(row, actor) &&
      grants(row, 'READ') &&
      row.as.some((one) => relations.includes(one)),
  );
  return { table: table.version, rows: rows.map(({ id }) => id), relations: [...relations] };
}
