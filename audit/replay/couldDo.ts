import type { StateOf } from '../../domain/access/case.ts';
import { openActions } from '../../domain/access/open-actions.ts';
import { pathsConcerned, peopleConcerned, relationOf } from '../../domain/access/relation.ts';
import { isOpen } from '../../domain/task/find.ts';
import type { AccessTable } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CouldDo } from '../../schemas/audit.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { OfficerThen } from '../../store/officersThen.ts';

/** A case at a moment, with the law of that case; `now` is the moment in epoch ms. */
export type Then<T extends CaseType> = {
  readonly caseType: T;
  readonly state: StateOf[T];
  readonly now: number;
  readonly policy: CasePolicy;
  readonly table: AccessTable;
};

/** Units whose people the case may concern, C06 among them. */
export function unitsConcerned<T extends CaseType>({ caseType, state, policy }: Then<T>): string[] {
  return [...new Set([policy.c06Unit, ...pathsConcerned(caseType, state).flat()])];
}

/** Which actions were open to whom; those to whom none was are left out. */
export function couldDo<T extends CaseType>(
  then: Then<T>,
  officers: readonly OfficerThen[],
  nameOf: (id: string) => string | undefined,
): CouldDo[] {
  const { caseType, state, now, policy, table } = then;
  const paths = pathsConcerned(caseType, state);
  const known = new Set(officers.map(({ id }) => id));
  const open = (actor: Actor, from: CouldDo['known']): CouldDo[] => {
    const actions = openActions(actor, caseType, state, now, policy, table);
    if (actions.length === 0) return [];
    const { id, name, roles, unit } = actor;
    return [
      {
        actor: { id, name, roles, ...(unit === undefined ? {} : { unit }) },
        known: from,
        relations: [...relationOf(actor, caseType, state, policy)],
        actions: [...actions],
      },
    ];
  };
  return [
    ...ofCase(caseType, state, nameOf)
      .filter(({ id }) => !known.has(id))
      .flatMap((actor) => open(withPath(actor, paths), 'CASE')),
    ...officers.flatMap(({ later, roles, ...officer }) =>
      open(withPath({ ...officer, roles: [...roles] }, paths), later ? 'OFFICER_LATER' : 'OFFICER'),
    ),
  ];
}

/** The units above are those that the case recorded, as they were on that day. */
function withPath(actor: Actor, paths: readonly (readonly string[])[]): Actor {
  const { unit } = actor;
  if (unit === undefined) return actor;
  const path = paths
    .filter((one) => one.includes(unit))
    .map((one) => one.slice(one.indexOf(unit)))
    .sort((one, other) => other.length - one.length)[0];
  return { ...actor, unitPath: [...(path ?? [unit])] };
}

/** Whoever the case itself names; somebody with an account of VNeID registers in one case and agrees in another. */
function ofCase<T extends CaseType>(
  caseType: T,
  state: StateOf[T],
  nameOf: (id: string) => string | undefined,
): Actor[] {
  const { REGISTRANT, REPRESENTATIVE, AUTHORITY } = peopleConcerned(caseType, state);
  const named = (id: string) => ({ id, name: nameOf(id) ?? id });
  const holders = state.tasks
    .filter(isOpen)
    .flatMap(({ holder, role }): Actor[] => (holder ? [{ ...holder, roles: [role] }] : []));
  const all: Actor[] = [
    ...[...REGISTRANT, ...REPRESENTATIVE].map(
      (id): Actor => ({
        ...named(id),
        roles: ['REGISTRANT', 'REPRESENTATIVE'],
      }),
    ),
    ...AUTHORITY.map((id): Actor => ({ ...named(id), roles: ['AUTHORITY'] })),
    ...holders,
  ];
  return all.filter(({ id }, i) => all.findIndex((one) => one.id === id) === i);
}
