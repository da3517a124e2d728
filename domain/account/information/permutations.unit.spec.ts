import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountEvent, AccountState } from '../../../schemas/account.ts';
import { RegistryChange } from '../../../schemas/change.ts';
import { ElectronicIdentity } from '../../../schemas/dossier.ts';
import { RecordField } from '../../../schemas/registry.ts';
import { ACCOUNT, OPENED, opening } from '../../testing/accounts.ts';
import { march, take } from '../../testing/changes.ts';
import { askAccount } from '../../testing/commands.ts';
import { people } from '../../testing/people.ts';
import { decree } from '../../testing/policy.spec.ts';
import { toMs } from '../../time.ts';
import { account } from '../index.ts';
import { currentValue } from './current.ts';

const { initial, decide, evolve } = account(ACCOUNT, decree);

function heard(commands: readonly ReturnType<typeof askAccount>[]) {
  let state = initial;
  let minute = toMs(OPENED);
  const events: AccountEvent[] = [];
  for (const command of commands) {
    minute += 60_000;
    const at = new Date(minute).toISOString();
    const by = { id: command.actor.id, name: command.actor.name };
    const decided = decide(command, state, minute);
    state = decided.reduce((s, event) => evolve(s, { ...event, at, by }), state);
    events.push(...decided);
  }
  return { state, events };
}

const opened = askAccount(people.system, 'OpenAccount', {
  ...opening(),
  category: 'ENTERPRISE',
  identity: { ...opening().identity, electronicCode: '0900000099' },
});

const code = fc.integer({ min: 10, max: 14 }).map((n) => `09000000${n}`);
const name = fc.constantFrom('Sao Mai', 'Sao Hôm', 'Sao Hôm'.normalize('NFD'), ' Sao Kim ', 'Sao 😀');
const values = fc.record(
  {
    name_vi: name,
    name_abbr: name,
    name_en: name,
    address: name,
    representative_name: name,
    representative_id: fc.constantFrom('033190000001', '033190000002', 'X-1'),
    established_on: fc.constantFrom('2019-05-06', '2020-02-29'),
    tax_code: code,
    enterprise_code: code,
  },
  { requiredKeys: [] },
);

/** Few registries, days, revisions and values, so that they meet often. None of them ends the organisation. */
const changes = fc
  .array(
    fc.record(
      {
        registry: fc.constantFrom('BUSINESS', 'TAX', 'POPULATION'),
        changedAt: fc.integer({ min: 1, max: 4 }).map(march),
        revision: fc.integer({ min: 0, max: 1 }),
        values,
        status: fc.constantFrom('ACTIVE', 'SUSPENDED', 'CEASED'),
      },
      { requiredKeys: ['registry', 'changedAt', 'revision', 'values'] },
    ),
    { maxLength: 7 },
  )
  .map((list) =>
    list.map((part, i) =>
      RegistryChange.parse({
        schema: 'registry-change/1',
        id: `c${i}`,
        reference: `r${i}`,
        subject: { code: '0900000011' },
        ...part,
      }),
    ),
  );

/** What must be the same for every order of arrival. */
const outcome = (state: AccountState) => ({
  identity: state.identity,
  keys: [...state.organisationKeys].sort(),
  current: RecordField.options.map((field) => {
    const kept = currentValue(state.information, field, decree.informationSources[field]);
    return [field, kept?.value, kept?.source, kept?.changedAt, kept?.revision];
  }),
  statuses: Object.entries(state.registryStatus).sort(([a], [b]) => a.localeCompare(b)),
  grounds: state.grounds.map((ground) => `${ground.code} by ${ground.authority.id}`).sort(),
});

const story = changes.chain((list) =>
  fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.subarray(list)),
);
const runs = { seed: 692_024, numRuns: 250 };

describe('changes in whatever order they come', () => {
  it('come to the same values, identity, keys, statuses and grounds, some of them twice', () => {
    fc.assert(
      fc.property(story, ([list, shuffled, again]) => {
        const one = heard([opened, ...list.map((each) => take(each))]).state;
        const twice = again.map((each) => take(each, `${each.id}-again`));
        const other = heard([opened, ...shuffled.map((each) => take(each)), ...twice]).state;
        expect(outcome(other)).toEqual(outcome(one));
        expect(other.information).toHaveLength(one.information.length);
      }),
      { ...runs, numRuns: 600 },
    );
  });
  it('leave every value that was ever taken, once each, with its source and time', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const { information } = heard([opened, ...list.map((each) => take(each))]).state;
        for (const { registry, changedAt, revision, values: said } of list)
          for (const [field, value] of Object.entries(said)) {
            const same = information.filter(
              (kept) =>
                kept.field === field &&
                kept.value === value.normalize('NFC') &&
                kept.source === registry &&
                kept.changedAt === changedAt &&
                kept.revision === revision,
            );
            expect(same).toHaveLength(1);
          }
        expect(information.filter(({ source }) => source === 'DOSSIER')).toHaveLength(7);
      }),
      runs,
    );
  });
  it('always leave an identity of the eight items, made of the values that count, under the same number', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const { state, events } = heard([opened, ...list.map((each) => take(each))]);
        AccountState.parse(state);
        for (const event of events) AccountEvent.parse(event);
        const identity = ElectronicIdentity.parse(state.identity);
        expect(identity).toEqual(state.identity);
        expect(identity.identificationNumber).toBe('10000000001');
        expect(state.number).toBe('10000000001');
        const value = (field: RecordField) =>
          currentValue(state.information, field, decree.informationSources[field])?.value;
        expect(identity).toMatchObject({
          headOffice: value('address'),
          establishedOn: value('established_on'),
          taxCode: value('tax_code'),
          enterpriseCode: value('enterprise_code'),
          representative: { name: value('representative_name'), number: value('representative_id') },
        });
        expect(identity.names).toEqual(
          JSON.parse(
            JSON.stringify({ vi: value('name_vi'), abbr: value('name_abbr'), foreign: value('name_en') }),
          ),
        );
        const codes = [identity.enterpriseCode, identity.taxCode].map((own) => `code:${own}`);
        expect(new Set(state.organisationKeys)).toEqual(new Set(codes));
        expect(state.organisationKeys).toHaveLength(new Set(codes).size);
      }),
      runs,
    );
  });
  it('keep what an earlier state of the same registries had kept', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const commands = [opened, ...list.map((each) => take(each))];
        const before = heard(commands.slice(0, -1)).state.information;
        expect(heard(commands).state.information.slice(0, before.length)).toEqual(before);
      }),
      runs,
    );
  });
});
