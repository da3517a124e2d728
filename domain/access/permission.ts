import type { AccessRow, Relation } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import { DomainError } from '../error.ts';
import type { Access, BodyOf, StateOf } from './case.ts';
import { relationOf } from './relation.ts';

const grantsOf = (row: AccessRow): readonly string[] => row.may;

function grantedBy(
  { table }: Pick<Access, 'table'>,
  caseType: CaseType,
  { roles }: Pick<Actor, 'roles'>,
  relations: ReadonlySet<Relation>,
): ReadonlySet<string> {
  const rows = table.rows.filter(
    (row) =>
      row.case === caseType &&
      row.who.some((role) => roles.includes(role)) &&
      row.as.some((relation) => relations.has(relation)),
  );
  return new Set(rows.flatMap(grantsOf));
}

/** All that the table allows a caller in a case: `READ`, `SEE_NUMBERS` and command types. The deciders may allow less. */
export const granted = <T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  access: Access,
): ReadonlySet<string> => grantedBy(access, caseType, actor, relationOf(actor, caseType, state, access));

/** The same, of what a caller is allowed for standing to the case in one of these ways. */
export const grantedAs = <T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  access: Access,
  ways: readonly Relation[],
): ReadonlySet<string> => {
  const relations = relationOf(actor, caseType, state, access);
  return grantedBy(access, caseType, actor, new Set(ways.filter((way) => relations.has(way))));
};

/** Whether a caller may know of a case; false for one that is not there. False: the edge answers EID_ERR_CASE_UNKNOWN. */
export const mayRead = <T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  access: Access,
): boolean => state.status !== 'NONE' && granted(actor, caseType, state, access).has('READ');

/** Whether the table lets a caller give a command of this type; whether it is taken is the decider's to say. */
export const mayCommand = <T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  type: BodyOf[T]['type'],
  access: Access,
): boolean => granted(actor, caseType, state, access).has(type);

/**
 * Refuses what {@link mayCommand} does, and says no more than the caller may know: to somebody who may not read a case it
 * is not there.
 * @throws DomainError EID_ERR_CASE_UNKNOWN, EID_ERR_FORBIDDEN
 */
export function mustBeGranted<T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  type: BodyOf[T]['type'],
  access: Access,
): void {
  if (mayCommand(actor, caseType, state, type, access)) return;
  const saysNothing = mayRead(actor, caseType, state, access) || mayNeverOpen(actor, caseType, type, access);
  throw saysNothing
    ? new DomainError('EID_ERR_FORBIDDEN', { command: type })
    : new DomainError('EID_ERR_CASE_UNKNOWN', { stream: state.stream });
}

/** Whether this is how a case is opened, and the caller may open none: as true where there is a case as where there is none. */
function mayNeverOpen({ roles }: Actor, caseType: CaseType, type: string, { table }: Access): boolean {
  const opening = table.rows.filter(
    (row) => row.case === caseType && row.as.includes('OPENER') && grantsOf(row).includes(type),
  );
  const barred = roles.includes('AUDITOR') || roles.includes('SERVICE');
  return (
    opening.length > 0 && (barred || !opening.some((row) => row.who.some((role) => roles.includes(role))))
  );
}
