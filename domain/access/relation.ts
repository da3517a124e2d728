import type { Relation } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { UnitCode } from '../../schemas/codes.ts';
import type { UnitPlace } from '../../schemas/jurisdiction.ts';
import type { Task } from '../../schemas/task.ts';
import { isOpen } from '../task/find.ts';
import type { Access, StateOf } from './case.ts';

/** What a state says of the people and units that it concerns. */
type Concerned = {
  readonly owner?: string | undefined;
  readonly representatives?: readonly string[];
  readonly authority?: string | undefined;
  readonly places?: readonly (UnitPlace | undefined)[];
};

const concerned: { readonly [T in CaseType]: (state: StateOf[T]) => Concerned } = {
  registration: ({ registrantId, dossier, consents, jurisdiction }) => ({
    owner: registrantId,
    representatives: [
      ...(dossier?.otherRepresentatives ?? []).map(({ id }) => id),
      ...consents.map(({ representative }) => representative),
    ],
    places: [jurisdiction?.reception, jurisdiction?.verification],
  }),
  account: ({ owner }) => ({ owner: owner?.id }),
  'lock-order': ({ form, reception }) => ({ authority: form?.authority?.contact.id, places: [reception] }),
  verification: ({ asked }) => ({ places: [asked?.asker, asked?.office] }),
};

/**
 * How a caller stands to a case. An auditor is an auditor alone and another system nothing, whatever other roles the token
 * carries: nobody both audits and decides. Units above are those that the case recorded, as they were on that day.
 */
export function relationOf<T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  access: Pick<Access, 'c06Unit'>,
): ReadonlySet<Relation> {
  const { id, roles } = actor;
  if (roles.includes('SERVICE')) return new Set(['NONE']);
  if (roles.includes('AUDITOR')) return new Set(['AUDITOR']);
  if (roles.includes('SYSTEM')) return new Set(['SYSTEM']);
  if (state.status === 'NONE') return new Set(['OPENER']);
  const { owner, representatives, authority, places = [] } = concerned[caseType](state);
  const found = new Set<Relation>();
  if (owner === id) found.add('REGISTRANT');
  if (representatives?.includes(id)) found.add('REPRESENTATIVE');
  if (authority === id) found.add('AUTHORITY');
  if (state.tasks.some((task) => isOpen(task) && task.holder?.id === id)) found.add('TASK_HOLDER');
  for (const relation of ofOffice(actor, caseType, state.tasks, places, access)) found.add(relation);
  return found.size > 0 ? found : new Set(['NONE']);
}

/** The units that a case concerns, by now or earlier: where it is received, verified and worked on, and those above, each with the units above it. */
export function pathsConcerned<T extends CaseType>(caseType: T, state: StateOf[T]): readonly UnitCode[][] {
  const { places = [] } = concerned[caseType](state);
  return [
    ...places.flatMap((place) => (place === undefined ? [] : [[place.unit, ...place.path.slice(1)]])),
    ...state.tasks.flatMap(({ unitPath, units }) => [[...unitPath], ...units.map((unit) => [unit])]),
  ];
}

/** The people outside offices whom a case itself names: registrant, other representatives, owner, authority. */
export function peopleConcerned<T extends CaseType>(
  caseType: T,
  state: StateOf[T],
): { readonly [R in 'REGISTRANT' | 'REPRESENTATIVE' | 'AUTHORITY']: readonly string[] } {
  const { owner, representatives = [], authority } = concerned[caseType](state);
  return {
    REGISTRANT: owner === undefined ? [] : [owner],
    REPRESENTATIVE: [...new Set(representatives)],
    AUTHORITY: authority === undefined ? [] : [authority],
  };
}

function ofOffice(
  { unit, roles }: Actor,
  caseType: CaseType,
  tasks: readonly Task[],
  places: readonly (UnitPlace | undefined)[],
  { c06Unit }: Pick<Access, 'c06Unit'>,
): Relation[] {
  if (unit === undefined) return [];
  const within = places.some((place) => place?.unit === unit) || tasks.some((t) => t.units.includes(unit));
  const above =
    places.some((place) => place?.path.slice(1).includes(unit)) ||
    tasks.some((task) => task.unitPath.slice(1).includes(unit));
  const calls = tasks.some((task) => task.role === 'CALL_CENTRE' && task.units.includes(unit));
  return [
    ...(within ? (['UNIT'] as const) : []),
    ...(above ? (['SUPERIOR'] as const) : []),
    ...(unit === c06Unit ? (['C06'] as const) : []),
    ...(roles.includes('CALL_CENTRE') && (caseType === 'account' || calls) ? (['CALL_CENTRE'] as const) : []),
  ];
}
