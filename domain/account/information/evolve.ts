import type { AccountEvent, AccountState } from '../../../schemas/account.ts';
import type { Fact } from '../../../schemas/case.ts';
import type { KeptValue } from '../../../schemas/change.ts';
import { recordFields } from './fields.ts';
import { changedIdentity, valuesOf } from './identity.ts';

const types = [
  'InformationChanged',
  'RegistryStatusTaken',
  'MergerTaken',
  'ChangeConflictNoted',
  'ChangeConflictResolved',
  'EndDeclared',
  'EndDeclarationResolved',
  'OwnerReviewed',
] as const satisfies readonly AccountEvent['type'][];

/** Events of which the information is the only part of an account that they concern. */
export type InformationEvent = Extract<Fact<AccountEvent>, { type: (typeof types)[number] }>;
type Opened = Extract<Fact<AccountEvent>, { type: 'AccountOpened' }>;

const known: ReadonlySet<string> = new Set(types);

export const isInformationEvent = (event: Fact<AccountEvent>): event is InformationEvent =>
  known.has(event.type);

/** The information of an account after one more event; of `AccountOpened` its first values and its category. */
export function evolveInformation(state: AccountState, event: Fact<AccountEvent>): AccountState {
  if (event.type === 'AccountOpened') return opened(state, event);
  return isInformationEvent(event) ? evolve(state, event) : state;
}

/** Without declared values (accounts opened before they were kept) the identity's own are the first ones. */
function opened(state: AccountState, { data, at }: Opened): AccountState {
  const { values, identity, category } = data;
  const first = values ? recordFields.map((field) => [field, values[field]] as const) : valuesOf(identity);
  const information = first.flatMap(([field, value]): KeptValue[] =>
    value === undefined ? [] : [{ field, value, source: 'DOSSIER', changedAt: at, revision: 0, takenAt: at }],
  );
  return { ...state, information, ...(category === undefined ? {} : { category }) };
}

function evolve(state: AccountState, event: InformationEvent): AccountState {
  switch (event.type) {
    case 'InformationChanged': {
      const { registry: source, reference, changedAt, revision, fields, organisationKeys } = event.data;
      const kept = fields.map(
        ({ field, value }): KeptValue => ({
          ...{ field, value, source, reference, changedAt, revision },
          takenAt: event.at,
        }),
      );
      const { identity, category } = state;
      return {
        ...state,
        information: [...state.information, ...kept],
        ...(identity ? { identity: changedIdentity(identity, fields, category) } : {}),
        ...(organisationKeys ? { organisationKeys } : {}),
      };
    }
    case 'RegistryStatusTaken': {
      const { registry, status, changedAt, revision, became } = event.data;
      if (became === 'EARLIER') return state;
      return {
        ...state,
        registryStatus: { ...state.registryStatus, [registry]: { status, changedAt, revision } },
      };
    }
    case 'EndDeclared':
      return { ...state, declaredEnd: { code: event.data.code, at: event.at } };
    case 'EndDeclarationResolved': {
      const { declaredEnd: _, ...rest } = state;
      return rest;
    }
    case 'OwnerReviewed':
      return event.data.owner ? { ...state, owner: event.data.owner } : state;
    case 'MergerTaken':
    case 'ChangeConflictNoted':
    case 'ChangeConflictResolved':
      return state;
  }
}
