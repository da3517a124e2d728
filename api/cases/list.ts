import type { StateOf } from '../../domain/access/case.ts';
import { mayRead } from '../../domain/access/permission.ts';
import { reachOf } from '../../domain/access/reach.ts';
import { shownTo } from '../../domain/access/shown-to.ts';
import { projections } from '../../domain/projections.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { CaseItem, CasePage, OwnCasesParameters } from '../../schemas/http/lists.ts';
import { type OwnCase, ownCases } from '../../store/ownCases.ts';
import type { Api } from '../context.ts';

/**
 * The cases of a type that name the caller: as registrant, representative, owner or authority. None for whoever acts in an office: their
 * work is in the inbox, and the rest is found by search.
 * @throws DomainError EID_ERR_SHAPE for a cursor of another question
 */
export async function ownCasesOf<T extends CaseType>(
  { pool, access }: Pick<Api, 'pool' | 'access'>,
  actor: Actor,
  caseType: T,
  query: OwnCasesParameters,
): Promise<CasePage> {
  const reach = reachOf(actor, caseType, access);
  const person = reach === 'ALL' ? undefined : reach.person;
  if (person === undefined) return { items: [] };
  const { items, next } = await ownCases(pool, { ...query, person, caseType });
  const item = (found: OwnCase): CaseItem[] => {
    // The log holds under each stream only what its type's own `decide` made.
    const { state, ...row } = found as OwnCase & { readonly state: StateOf[T] };
    if (!mayRead(actor, caseType, state, access)) return [];
    const shown = shownTo(actor, caseType, state, access).state;
    return [{ ...row, caseType, waits: projections[caseType].view(shown).waits }];
  };
  return { items: items.flatMap(item), ...(next === undefined ? {} : { next }) };
}
