import type { AccountState } from '../../schemas/account.ts';
import type { CaseType, CaseView } from '../../schemas/case.ts';
import type { UnitPlace } from '../../schemas/jurisdiction.ts';
import type { LockOrderState } from '../../schemas/lock-order.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import type { VerificationState } from '../../schemas/verification.ts';
import { searchCode, searchWords } from './normal.ts';

/** What a case is found by. */
export type SearchTerms = {
  /** The words of the organisation's name, in order. */
  readonly name: string;
  readonly codes: readonly string[];
  /** Words and codes, and marks of the type, of the units that have to do with it or stand above these, and of people; sorted. */
  readonly terms: readonly string[];
};

export const typeMark = (type: string): string => `#${type}`;
/** Of a unit that the case's own people are in: what `relationOf` calls UNIT. `@` once marked both kinds, and must never admit again. */
export const unitMark = (unit: string): string => `=${unit}`;
/** Of a unit above one of those: SUPERIOR. */
export const aboveMark = (unit: string): string => `^${unit}`;
/** Of a person whom the case names: REGISTRANT, REPRESENTATIVE, AUTHORITY. */
export const personMark = (id: string): string => `~${id}`;

type Texts = readonly (string | undefined)[];
type Found = {
  readonly names: Texts;
  readonly codes: Texts;
  readonly places: readonly (Partial<UnitPlace> | undefined)[];
  readonly people: Texts;
};

/** The search terms of a case; the same for the same state. Its marks say what `relationOf` does; personal numbers are none of them. */
export function searchTerms(type: CaseType, stream: string, state: unknown, view: CaseView): SearchTerms {
  const { names, codes, places, people } = foundOf(type, state);
  const searchCodes = distinct([...codes, stream, stream.slice(type.length + 1)])
    .map(searchCode)
    .filter(Boolean);
  const own = [...places.map((place) => place?.unit), ...view.tasks.flatMap(({ units }) => units)];
  const above = [
    ...places.flatMap((place) => place?.path?.slice(1)),
    ...view.tasks.flatMap(({ unitPath }) => unitPath.slice(1)),
  ];
  const terms = [
    ...distinct(names).flatMap(searchWords),
    ...searchCodes,
    typeMark(type),
    ...distinct(own).map(unitMark),
    ...distinct(above).map(aboveMark),
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
    case 'verification':
      return ofVerification(state as Partial<VerificationState>);
  }
}

function ofRegistration(state: Partial<RegistrationState>): Found {
  const { dossier, identity, jurisdiction, registrantId, consents = [] } = state;
  const organisation = dossier?.organisation;
  return {
    names: [organisation?.nameVi, organisation?.nameAbbr, organisation?.nameEn],
    codes: [
      organisation?.taxCode,
      organisation?.code,
      organisation?.electronicCode,
      identity?.identificationNumber,
    ],
    places: [jurisdiction?.reception, jurisdiction?.verification],
    people: [
      registrantId,
      ...(dossier?.otherRepresentatives ?? []).map(({ id }) => id),
      ...consents.map(({ representative }) => representative),
    ],
  };
}

const ofAccount = ({ number, identity, owner, request }: Partial<AccountState>): Found => ({
  names: [identity?.names.vi, identity?.names.abbr, identity?.names.foreign],
  codes: [number, identity?.taxCode, identity?.enterpriseCode, identity?.electronicCode, request],
  places: [],
  people: [owner?.id],
});

const ofLockOrder = ({ form, reception }: Partial<LockOrderState>): Found => ({
  names: [form?.organisation],
  codes: [form?.number, form?.document?.number],
  places: [reception],
  people: [form?.authority?.contact.id],
});

const ofVerification = ({ asked }: Partial<VerificationState>): Found => ({
  names: [asked?.subject.organisation],
  codes: [asked?.subject.code, asked?.subject.taxCode, asked?.subject.electronicCode, asked?.request],
  places: [asked?.asker, asked?.office],
  people: [],
});
