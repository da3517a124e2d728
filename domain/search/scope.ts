import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { Access } from '../access/case.ts';
import { type Reach, reachOf } from '../access/reach.ts';
import { aboveMark, personMark, unitMark } from './terms.ts';

/** What a search may find of each case type; a caller's reach differs from one to the next. */
export type SearchScope = Readonly<Record<CaseType, Reach>>;

/** What a caller may find: what the table lets the caller be shown unasked, and nothing else. */
export const scopeOf = (actor: Actor, access: Access): SearchScope => ({
  registration: reachOf(actor, 'registration', access),
  account: reachOf(actor, 'account', access),
  'lock-order': reachOf(actor, 'lock-order', access),
  verification: reachOf(actor, 'verification', access),
});

/** The marks of which a case has at least one when it is within reach; none: no case is. */
export const marksOf = ({ unit, below, person }: Exclude<Reach, 'ALL'>): readonly string[] => [
  ...(unit === undefined ? [] : [unitMark(unit)]),
  ...(below === undefined ? [] : [aboveMark(below)]),
  ...(person === undefined ? [] : [personMark(person)]),
];
