import type pg from 'pg';
import type { Access } from '../../domain/access/case.ts';
import type { Onlooker } from '../../domain/inbox/sight.ts';
import { scopeOf } from '../../domain/search/scope.ts';
import type { Choices } from '../../domain/testing/random.ts';
import { loadAccessTable } from '../../policies/access/load.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { InboxQuery } from '../../schemas/inbox.ts';
import { countInbox } from '../../store/inbox/counts.ts';
import { listInbox } from '../../store/inbox/list.ts';
import { nextTask } from '../../store/inbox/next.ts';
import { searchCases } from '../../store/search.ts';
import {
  anyCommune,
  c06,
  nameOf,
  PROVINCES,
  placeOf,
  properOf,
  province,
  streamOf,
  taxCodeOf,
} from './world.ts';

/** One question of a kind that people ask, drawn at random; `tasks`: how many are loaded. */
export type Question = (pool: pg.Pool, c: Choices, tasks: number) => Promise<unknown>;

const officer = (c: Choices): Onlooker => {
  const { unit } = anyCommune(c);
  return { id: `${unit}-o${c.below(10)}`, roles: ['VERIFICATION_OFFICER'], unit };
};
const c06Officer = (c: Choices): Onlooker => ({
  id: `C06-o${c.below(400)}`,
  roles: ['C06_OFFICER'],
  unit: 'C06',
});
const head = (unit: string): Onlooker => ({ id: `${unit}-head`, roles: ['UNIT_HEAD'], unit });
const director: Onlooker = { id: 'director', roles: ['C06_DIRECTOR'], unit: 'C06' };

const soon = '2026-03-12T00:00:00.000Z';

/** From a commune's desk to the Director, who has the work of the whole country below. */
const lookers: readonly ((c: Choices) => readonly [Onlooker, InboxQuery['view']])[] = [
  (c) => [officer(c), 'unit'],
  (c) => [officer(c), 'mine'],
  (c) => [head(anyCommune(c).unit), 'unit'],
  (c) => [head(province(c.below(PROVINCES)).unit), 'below'],
  (c) => [head(province(c.below(PROVINCES)).unit), 'unit'],
  (c) => [c06Officer(c), 'unit'],
  () => [director, 'unit'],
  () => [director, 'below'],
];

const filters: readonly Partial<InboxQuery>[] = [
  {},
  {},
  { free: true },
  { overdue: true },
  { overdue: false },
  { dueBefore: soon },
  { kinds: ['CONFIRM'] },
  { kinds: ['VERIFY', 'PROPOSE'], free: true, overdue: false },
];

export const inboxQuestion: Question = async (pool, c) => {
  const [person, view] = (c.one(lookers) ?? lookers[0])?.(c) ?? [director, 'below'];
  const query: InboxQuery = { view, limit: 50, ...c.one(filters) };
  const { next } = await listInbox(pool, person, query);
  return c.once(4) && next !== undefined
    ? () => listInbox(pool, person, { ...query, after: next })
    : undefined;
};

export const countsQuestion: Question = (pool, c) => {
  const [person, view] = c.one(lookers)?.(c) ?? [director, 'below'];
  return countInbox(pool, person, { view, soonBefore: soon });
};

export const nextQuestion: Question = (pool, c) =>
  nextTask(pool, c.once(3) ? c06Officer(c) : officer(c), { fourEyes: [['VERIFY', 'CONFIRM']] });

const access: Access = { table: loadAccessTable(), c06Unit: c06.unit };
const registrant = (n: number): Actor => ({ id: `vn-${n}`, name: 'x', roles: ['REGISTRANT'] });
const acting = ({ id, roles, unit }: Onlooker): Actor => ({
  id,
  name: 'x',
  roles: [...roles],
  ...(unit === undefined ? {} : { unit, unitPath: [unit] }),
});

/** Who looks for case `n`: C06, who finds everything, heads, officers of the unit and of any other, and the registrant. */
const searchers: readonly ((c: Choices, n: number) => Actor)[] = [
  () => acting(director),
  (c) => acting(c06Officer(c)),
  (_, n) => acting(head(placeOf(n).path[1] ?? '')),
  (_, n) => acting(head(placeOf(n).unit)),
  (c, n) => acting({ ...officer(c), unit: placeOf(n).unit }),
  (c) => acting(officer(c)),
  (_, n) => registrant(n),
];

/** What people type to find case `n`, from one syllable to a code. */
const texts: readonly ((n: number) => string)[] = [
  nameOf,
  (n) => nameOf(n).slice(0, 24),
  properOf,
  (n) => properOf(n).toUpperCase().normalize('NFD'),
  (n) => properOf(n).split(' ')[0] ?? '',
  (n) => `công ty ${properOf(n).slice(0, 5)}`,
  taxCodeOf,
  (n) => taxCodeOf(n).slice(0, 6),
  streamOf,
];

export const searchQuestion: Question = (pool, c, tasks) => {
  const n = c.below(tasks);
  const actor = c.one(searchers)?.(c, n) ?? registrant(n);
  return searchCases(pool, { text: c.one(texts)?.(n) ?? nameOf(n), limit: 20 }, scopeOf(actor, access));
};
