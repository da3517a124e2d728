import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { Access, StateOf } from './case.ts';
import { granted } from './permission.ts';

/** What stands where a personal number is not shown; it fits the shape of one in a dossier. */
export const HIDDEN_NUMBER = '***';

const numberField = 'representative_id';
type Fields = Readonly<Record<string, unknown>>;

/**
 * The same state, view, event or list of events without personal numbers, unless the table lets the caller see those of the case
 * (`SEE_NUMBERS`). Callers always see their own. Knows the shapes in which cases hold a number: a person (`number` beside
 * `nationality`), a record's `representative_id`, and a kept or changed value of that field. Free text is left as it is.
 */
export function redact<T extends CaseType, View>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  view: View,
  access: Access,
): View {
  if (granted(actor, caseType, state, access).has('SEE_NUMBERS')) return view;
  const own = ownNumbers(actor, state);
  return hide(view, (number) =>
    typeof number === 'string' && own.includes(number) ? number : HIDDEN_NUMBER,
  );
}

/** The numbers that a dossier gives to the person who asks. */
function ownNumbers({ id }: Actor, state: StateOf[CaseType]): string[] {
  if (!('dossier' in state) || state.dossier === undefined) return [];
  return state.dossier.otherRepresentatives.filter((one) => one.id === id).map(({ number }) => number);
}

type Cover = (number: unknown) => string;

/** The copy has the shape of what was given: only strings are replaced, by strings. */
function hide<Value>(value: Value, cover: Cover): Value {
  if (Array.isArray(value)) return value.map((one) => hide(one, cover)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Fields;
  const isNumber = (key: string): boolean =>
    key === numberField ||
    (key === 'number' && 'nationality' in fields) ||
    (fields.field === numberField && (key === 'value' || key === 'before'));
  return Object.fromEntries(
    Object.entries(fields).map(([key, inner]) => [
      key,
      isNumber(key) && inner !== undefined ? cover(inner) : hide(inner, cover),
    ]),
  ) as Value;
}
