import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchRecords } from '../domain/matching/match-records.ts';
import { declaredValues } from '../domain/registration/organisation.ts';
import { loadPolicy } from '../policies/load.ts';
import { ChannelData } from '../registries/channels/schema.ts';
import { indexOf } from '../registries/mock/lookup.ts';
import { MockData } from '../registries/mock/schema.ts';
import type { Dossier } from '../schemas/dossier.ts';
import { Registry, type RegistryQuery } from '../schemas/registry.ts';
import { paths } from './paths.ts';
import type { Entry } from './read-organisations.ts';
import { BROKEN_ROWS, readSample } from './sample.ts';

const sample = await readSample();
const policy = await loadPolicy();
const dataOf = (party: string): unknown =>
  JSON.parse(readFileSync(sample.parties.find((each) => each.party === party)?.dataFile ?? '', 'utf8'));

/** The worst band that the registries' records give a form. */
function bandOf({ organisation, ...rest }: Dossier): string {
  const registries = policy.parameters.registries.value[organisation.category];
  const bands = registries.flatMap((registry: Registry) => {
    const find = indexOf(registry, MockData.parse(dataOf(registry)));
    const { category, code, taxCode, nameVi, representative } = organisation;
    const subject = { category, code, taxCode, nameVi, personNumber: representative?.number };
    const record = find({ subject } as RegistryQuery);
    if (!record) return [];
    const asked: readonly string[] = policy.parameters.registryFields.value[registry];
    const all = Object.entries(declaredValues({ organisation, ...rest }));
    const declared = Object.fromEntries(all.filter(([field]) => asked.includes(field)));
    return [matchRecords(policy.matching, declared, record.values).band];
  });
  return (
    ['different', 'person', 'same'].find((band) => bands.some((each) => each === band)) ?? 'nothing held'
  );
}

const bandExpected = ({ path }: Entry): string =>
  path === 'mismatch mended' || path === 'mismatch refused'
    ? 'different'
    : path === 'doubt taken as match'
      ? 'person'
      : 'same';

describe('the sample of Hưng Yên', () => {
  it('holds more than a hundred organisations that can be taken, and every storyline', () => {
    expect(sample.entries.length).toBeGreaterThanOrEqual(110);
    expect(new Set(sample.entries.map((entry) => entry.path))).toEqual(new Set(Object.keys(paths)));
  });

  it('has its ten broken rows reported and no other', () => {
    expect(sample.rejected).toHaveLength(BROKEN_ROWS);
    expect(new Set(sample.rejected.map(({ file }) => file))).toEqual(new Set(['organisations-broken.csv']));
    expect(sample.rejected.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('has two officers and a head in each unit that receives or verifies, so that four eyes can hold', () => {
    const ours = [...sample.units.units].filter((unit) => unit !== sample.units.c06);
    expect(ours).toHaveLength(11);
    for (const unit of ours) {
      const roles = sample.people.filter((person) => person.unit === unit).flatMap((person) => person.roles);
      expect(roles.filter((role) => role === 'VERIFICATION_OFFICER')).toHaveLength(2);
      expect(roles.filter((role) => role === 'UNIT_HEAD')).toHaveLength(1);
    }
  });

  it('names the ten units of the dispatch with the dates of the catalogue', () => {
    const { receptionUnits } = sample.campaign;
    expect(receptionUnits).toHaveLength(10);
    for (const { unit, name } of receptionUnits) expect(sample.units.place(unit).name).toBe(name);
  });

  it('has registry data that agree with a form, leave doubt or contradict it as the storyline says', () => {
    const unlike = sample.entries
      .map((entry) => ({
        id: entry.id,
        path: entry.path,
        band: bandOf(entry.dossier),
        wanted: bandExpected(entry),
      }))
      .filter(({ path, band, wanted }) => path !== 'incomplete' && band !== wanted);
    expect(unlike).toEqual([]);
  });

  it('has forms that match once they are mended', () => {
    const mended = sample.entries.flatMap((entry) => entry.mended ?? []);
    expect(mended.length).toBeGreaterThanOrEqual(6);
    for (const dossier of mended) expect(bandOf(dossier)).toBe('same');
  });

  it('has registry and channel files in the shape that the mock parties read', () => {
    for (const party of Registry.options) {
      expect(MockData.safeParse(dataOf(party)).success).toBe(true);
    }
    expect(ChannelData.safeParse(dataOf('SMS')).success).toBe(true);
  });

  it('uses no number, telephone or address that could be somebody’s', () => {
    for (const { dossier } of sample.entries) {
      const { registrant, organisation } = dossier;
      expect(registrant.number).toMatch(/^(0000|P0000)/);
      expect(registrant.mobile).toMatch(/^0000/);
      expect(registrant.email).toMatch(/@example\.com$/);
      expect(organisation.code ?? '0000').toMatch(/^0000/);
      expect(organisation.taxCode ?? '0000').toMatch(/^0000/);
    }
  });
});
