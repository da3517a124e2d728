import type { RecordField, RecordValues, Registry, RegistryStatus } from '../../schemas/registry.ts';
import { type Dice, diceOf } from './dice.ts';
import type { Dirt, DirtEffect } from './dirt/dirt.ts';
import { doubts } from './dirt/doubt.ts';
import { facts } from './dirt/facts.ts';
import { lacks } from './dirt/lacks.ts';
import { strangers } from './dirt/strangers.ts';
import { units } from './dirt/units.ts';
import { writing } from './dirt/writing.ts';
import { type Organisation, organisationOf } from './organisation.ts';
import { writeOrganisation } from './write.ts';

export type AppliedDirt = {
  readonly kind: string;
  readonly effect: DirtEffect;
  readonly fields: readonly RecordField[];
};

/** What one registry holds under the keys that were declared. */
export type HeldRecord = {
  readonly values: RecordValues;
  readonly status: RegistryStatus;
  readonly statusSince?: string;
  readonly dirt: readonly AppliedDirt[];
};

/** Why the lists of a campaign take an organisation out of its target (seed F0), or nothing of it. */
export type CampaignState = 'LIVE' | 'GHOST' | 'CEASED' | 'DISSOLVED' | 'FOREIGN_LED';

export type WorldOrganisation = {
  readonly organisation: Organisation;
  readonly state: CampaignState;
  readonly declared: RecordValues;
  readonly declaredDirt: readonly AppliedDirt[];
  readonly records: { readonly [R in Registry]?: HeldRecord };
};

/** Which registry holds what; the same table as the policy's, so that a record holds no more than is asked for. */
const registriesOf: Readonly<Record<Organisation['category'], readonly Registry[]>> = {
  ENTERPRISE: ['BUSINESS', 'TAX', 'POPULATION'],
  COOPERATIVE: ['COOPERATIVE', 'TAX', 'POPULATION'],
  TAXCODE_ORG: ['TAX', 'POPULATION'],
  OTHER_ORG: ['POPULATION'],
};
/** Of whatever has a registration of its own. */
const registered: readonly RecordField[] = [
  'name_vi',
  'name_abbr',
  'name_en',
  'address',
  'representative_name',
  'established_on',
  'enterprise_code',
];
const heldBy: Readonly<Record<Registry, readonly RecordField[]>> = {
  BUSINESS: registered,
  COOPERATIVE: registered,
  TAX: ['name_vi', 'address', 'representative_name', 'tax_code'],
  POPULATION: ['representative_name', 'representative_id'],
};

/**
 * Thousands of invented organisations, with what each declares, what each registry holds of it, and which dirt was put where. The
 * same seed makes the same world, and the first of a larger world are those of a smaller one.
 */
export function* worldOf(seed: string, count: number): Generator<WorldOrganisation> {
  const dice = diceOf(seed);
  for (let n = 1; n <= count; n++) yield inhabitant(n, dice.fork(n));
}

function inhabitant(n: number, dice: Dice): WorldOrganisation {
  const organisation = organisationOf(n, dice.fork('truth'));
  const clean = writeOrganisation(organisation);
  const declared = dirty(clean, organisation, dice.fork('declared'), declaredMix);
  const state = stateOf(organisation, dice.fork('state'));
  const records = registriesOf[organisation.category].flatMap((registry) => {
    const own = dice.fork(registry);
    const absent = own.chance(state === 'GHOST' ? 0.6 : 0.03);
    const foreign = registry === 'POPULATION' && organisation.representative.nationality !== 'VN';
    return absent || foreign ? [] : [[registry, held(registry, clean, organisation, state, own)] as const];
  });
  return {
    organisation,
    state,
    declared: declared.values,
    declaredDirt: declared.dirt,
    records: Object.fromEntries(records),
  };
}

function stateOf({ representative }: Organisation, dice: Dice): CampaignState {
  if (representative.nationality !== 'VN') return 'FOREIGN_LED';
  const throw_ = dice.next();
  if (throw_ < 0.03) return 'GHOST';
  if (throw_ < 0.06) return 'CEASED';
  return throw_ < 0.08 ? 'DISSOLVED' : 'LIVE';
}

function held(
  registry: Registry,
  clean: RecordValues,
  organisation: Organisation,
  state: CampaignState,
  dice: Dice,
): HeldRecord {
  const all = dirty(clean, organisation, dice, recordMix);
  const fields = heldBy[registry];
  const values = Object.fromEntries(
    Object.entries(all.values).filter(([field]) => fields.includes(field as RecordField)),
  );
  // The population register holds persons: a stranger with the same representative is the same person there.
  const shows = ({ effect }: AppliedDirt) =>
    effect !== 'STRANGER' ||
    registry !== 'POPULATION' ||
    values.representative_id !== clean.representative_id;
  const ended = state === 'CEASED' || state === 'DISSOLVED';
  const marked = ended && registry !== 'POPULATION';
  const status: RegistryStatus = marked
    ? state
    : state === 'GHOST' && registry === 'TAX'
      ? 'SUSPENDED'
      : 'ACTIVE';
  return {
    values,
    status,
    ...(status === 'ACTIVE' ? {} : { statusSince: `202${2 + dice.int(3)}-0${1 + dice.int(9)}-15` }),
    dirt: all.dirt.filter((dirt) => dirt.fields.some((field) => fields.includes(field)) && shows(dirt)),
  };
}

/**
 * Shares of records that have such dirt. A record is a stranger's, or lacks something, or is out of date, or none of these; a
 * second unit dirt would undo the one before. Writing may differ in up to three ways.
 */
type Mix = {
  readonly stranger: number;
  readonly lack: number;
  readonly fact: number;
  readonly unit: number;
} & {
  readonly doubt: number;
  readonly writing: number;
};
const declaredMix: Mix = { stranger: 0, lack: 0, fact: 0, unit: 0.03, doubt: 0.05, writing: 0.25 };
const recordMix: Mix = { stranger: 0.16, lack: 0.03, fact: 0.1, unit: 0.1, doubt: 0.14, writing: 0.5 };

type Dirty = { readonly values: RecordValues; readonly dirt: readonly AppliedDirt[] };

function dirty(clean: RecordValues, organisation: Organisation, dice: Dice, mix: Mix): Dirty {
  let values = clean;
  const dirt: AppliedDirt[] = [];
  const soil = (share: number, kinds: readonly Dirt[]): boolean => {
    const wanted = dice.chance(share);
    const { kind, effect, fields, apply } = dice.pick(kinds);
    const next =
      wanted && !dirt.some((one) => one.kind === kind) ? apply(values, organisation, dice) : undefined;
    if (!next) return false;
    values = next;
    dirt.push({ kind, effect, fields });
    return true;
  };
  if (!soil(mix.stranger, strangers) && !soil(mix.lack, lacks)) {
    if (!soil(mix.fact, facts)) soil(mix.unit, units);
    soil(mix.doubt, doubts);
  }
  for (const part of [1, 2, 3]) soil(mix.writing / part, writing);
  return { values, dirt };
}
