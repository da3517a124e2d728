import type { AccountState } from '../../schemas/account.ts';
import type { CaseType, CaseView } from '../../schemas/case.ts';
import type { LockOrderState } from '../../schemas/lock-order.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import { searchCode, searchWords } from './normal.ts';

/** What a case is found by. */
export type SearchTerms = {
  /** The words of the organisation's name, in order. */
  readonly name: string;
  readonly codes: readonly string[];
  /** Words and codes, and marks of the type, the units that it concerns and the people it belongs to; sorted. */
  readonly terms: readonly string[];
};

export const typeMark = (type: string): string => `#${type}`;
export const unitMark = (unit: string): string => `@${unit}`;
export const personMark = (id: string): string => `~${id}`;

type Texts = readonly (string | undefined)[];
type Found = {
  readonly names: Texts;
  readonly codes: Texts;
  readonly units: Texts;
  readonly people: Texts;
};

/**
 * The search terms of a case; the same for the same state. Units are those of its places and tasks with all above them. Personal
 * numbers are none of them.
 */
export function searchTerms(type: CaseType, stream: string, state: unknown, view: CaseView): SearchTerms {
  const { names, codes, units, people } = foundOf(type, state);
  const searchCodes = distinct([...codes, stream, stream.slice(type.length + 1)])
    .map(searchCode)
    .filter(Boolean);
  const tasksUnits = view.tasks.flatMap((task) => [...task.units, ...task.unitPath]);
  const terms = [
    ...distinct(names).flatMap(searchWords),
    ...searchCodes,
    typeMark(type),
    ...distinct([...units, view.unit, ...tasksUnits]).map(unitMark),
    ...distinct(people).map(personMark),
  ];
  return {
    name: searchWords(names[0] ?? view.title).join(' '),
    codes: distinct(searchCodes).sort(),
    terms: distinct(terms).sort(),
  };
}

const distinct = (texts: Texts): string[] => [
  ...new Set(texts.filter((text): text is string => text !== undefined && text !== '')),
];

/** The log holds under each stream only what the case's own `decide` made, so its type may be assumed; not that all of it is there. */
function foundOf(type: CaseType, state: unknown): Found {
  switch (type) {
    case 'registration':
      return ofRegistration(state as Partial<RegistrationState>);
    case 'account':
      return ofAccount(state as Partial<AccountState>);
    case 'lock-order':
      return ofLockOrder(state as Partial<LockOrderState>);
  }
}

function ofRegistration({
  dossier,
  identity,
  jurisdiction,
  registrantId,
}: Partial<RegistrationState>): Found {
  const organisation = dossier?.organisation;
  return {
    names: [organisation?.nameVi, organisation?.nameAbbr, organisation?.nameEn],
    codes: [
      organisation?.taxCode,
      organisation?.code,
      organisation?.electronicCode,
      identity?.identificationNumber,
    ],
    units: [...(jurisdiction?.reception.path ?? []), ...(jurisdiction?.verification.path ?? [])],
    people: [registrantId, ...(dossier?.otherRepresentatives ?? []).map(({ id }) => id)],
  };
}

const ofAccount = ({ number, identity, owner, request }: Partial<AccountState>): Found => ({
  names: [identity?.names.vi, identity?.names.abbr, identity?.names.foreign],
  codes: [number, identity?.taxCode, identity?.enterpriseCode, identity?.electronicCode, request],
  units: [],
  people: [owner?.id],
});

const ofLockOrder = ({ form, reception }: Partial<LockOrderState>): Found => ({
  names: [form?.organisation],
  codes: [form?.number, form?.document?.number],
  units: reception?.path ?? [],
  people: [form?.authority?.contact.id],
});
