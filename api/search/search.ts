import { scopeOf } from '../../domain/search/scope.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { SearchAnswer, SearchParameters } from '../../schemas/http/lists.ts';
import { searchCases } from '../../store/search.ts';
import type { Api } from '../context.ts';

/**
 * The cases that a text finds within the caller's reach.
 * @throws DomainError EID_ERR_SHAPE for a cursor of another search
 */
export async function searchFor(
  { pool, access }: Pick<Api, 'pool' | 'access'>,
  actor: Actor,
  query: SearchParameters,
): Promise<SearchAnswer> {
  const { hits, next } = await searchCases(pool, query, scopeOf(actor, access));
  return { items: [...hits], ...(next === undefined ? {} : { next }) };
}
