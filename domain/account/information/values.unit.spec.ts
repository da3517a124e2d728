import { describe, expect, it } from 'vitest';
import { AccountEvent, AccountState } from '../../../schemas/account.ts';
import { OPENED, opening } from '../../testing/accounts.ts';
import { change, informed, march, take } from '../../testing/changes.ts';
import { people } from '../../testing/people.ts';
import { decree, decreeWith } from '../../testing/policy.spec.ts';

const account = informed(decree);
const moved = change('moved', { values: { address: 'Số 1 phố Huế' } });
const toHanoi = change('hanoi', { values: { address: 'Số 9 Hà Nội' }, changedAt: march(12) });
const byTax = (id: string, day: number, values: Parameters<typeof change>[1]) =>
  change(id, { registry: 'TAX', changedAt: march(day), ...values });
const addresses = (state: AccountState) =>
  state.information.filter(({ field }) => field === 'address').map(({ value, source }) => [source, value]);

describe('the first values of an account', () => {
  it('are those that the request declared, from the dossier, as of its opening', () => {
    const values = { name_vi: 'Công ty TNHH Sao Mai', address: 'Số 12 đường Nguyễn Văn Linh' };
    const { state } = informed(decree, { values }).taken();
    const kept = { source: 'DOSSIER', changedAt: OPENED, revision: 0, takenAt: OPENED };
    expect(state.information).toEqual([
      { field: 'name_vi', value: values.name_vi, ...kept },
      { field: 'address', value: values.address, ...kept },
    ]);
  });
  it('are those of its identity where the request’s were not kept', () => {
    const { information } = account.taken().state;
    expect(information.map(({ field, value }) => [field, value])).toEqual([
      ['name_vi', 'Công ty TNHH Sao Mai'],
      ['address', 'Số 12 đường Nguyễn Văn Linh'],
      ['representative_name', people.registrant.name],
      ['representative_id', '033190000001'],
      ['established_on', '2019-05-06'],
      ['tax_code', '0900000011'],
      ['enterprise_code', '0900000011'],
    ]);
  });
});

describe('a change of a registry', () => {
  it('becomes the value, keeps the one before with source and time, and the owner is told', () => {
    const { state, events } = account
      .taken()
      .when(take(moved), account.at)
      .then([
        {
          type: 'InformationChanged',
          data: {
            changeId: 'moved',
            registry: 'BUSINESS',
            reference: 'DKKD-moved',
            changedAt: march(11),
            revision: 0,
            fields: [
              {
                field: 'address',
                value: 'Số 1 phố Huế',
                before: 'Số 12 đường Nguyễn Văn Linh',
                became: 'CURRENT',
              },
            ],
            organisationKeys: undefined,
          },
        },
        {
          type: 'NoticeOrdered',
          data: {
            template: 'INFORMATION_CHANGED',
            values: { organisation: 'Công ty TNHH Sao Mai', fields: 'address', registry: 'BUSINESS' },
          },
        },
      ]);
    expect(state.identity?.headOffice).toBe('Số 1 phố Huế');
    expect(addresses(state)).toEqual([
      ['DOSSIER', 'Số 12 đường Nguyễn Văn Linh'],
      ['BUSINESS', 'Số 1 phố Huế'],
    ]);
    expect(state.information.at(-1)).toEqual({
      field: 'address',
      value: 'Số 1 phố Huế',
      source: 'BUSINESS',
      reference: 'DKKD-moved',
      changedAt: march(11),
      revision: 0,
      takenAt: account.at,
    });
    AccountState.parse(state);
    for (const event of events) AccountEvent.parse(event);
  });
  it('reaches every item of the identity but the number', () => {
    const values = {
      name_vi: 'Công ty TNHH Sao Hôm',
      name_abbr: 'SAO HÔM',
      name_en: 'Evening Star Ltd',
      address: 'Số 1 phố Huế',
      representative_name: 'Trần Văn Bình',
      representative_id: '033190000002',
      established_on: '2019-05-07',
      tax_code: '0900000022',
      enterprise_code: '0900000033',
    };
    const whole = decreeWith({
      informationSources: { ...decree.informationSources, tax_code: ['BUSINESS'] },
    });
    expect(informed(whole).taken(change('all', { values })).state.identity).toEqual({
      identificationNumber: '10000000001',
      names: { vi: 'Công ty TNHH Sao Hôm', abbr: 'SAO HÔM', foreign: 'Evening Star Ltd' },
      establishedOn: '2019-05-07',
      headOffice: 'Số 1 phố Huế',
      taxCode: '0900000022',
      enterpriseCode: '0900000033',
      representative: { name: 'Trần Văn Bình', number: '033190000002', nationality: 'VN' },
    });
  });
  it('is taken once, under whatever command it comes again', () => {
    account.taken(moved).when(take(moved)).thenNothing();
    account.taken(moved).when(take(moved, 'another-command')).thenNothing();
    account.taken(moved, toHanoi).when(take(moved, 'another-command')).thenNothing();
    const sameTime = { ...moved, changedAt: '2025-03-11T05:00:00Z' };
    account.taken(moved).when(take(sameTime, 'another-command')).thenNothing();
  });
  it('that comes after a later one is kept and is not the value', () => {
    const { state } = account
      .taken(toHanoi)
      .when(take(moved))
      .then([
        {
          type: 'InformationChanged',
          data: {
            fields: [{ field: 'address', value: 'Số 1 phố Huế', before: 'Số 9 Hà Nội', became: 'EARLIER' }],
          },
        },
      ]);
    expect(state.identity?.headOffice).toBe('Số 9 Hà Nội');
    expect(addresses(state).at(-1)).toEqual(['BUSINESS', 'Số 1 phố Huế']);
  });
  it('of the same time as another is later by its revision', () => {
    const second = { ...moved, id: 'second', revision: 1, values: { address: 'Số 2 phố Huế' } };
    expect(account.taken(moved, second).state.identity?.headOffice).toBe('Số 2 phố Huế');
    expect(account.taken(second, moved).state.identity?.headOffice).toBe('Số 2 phố Huế');
  });
  it('that contradicts another of the same moment gives one value, whichever came first', () => {
    const other = { ...moved, id: 'other', values: { address: 'Số 2 phố Huế' } };
    expect(account.taken(moved, other).state.identity).toEqual(account.taken(other, moved).state.identity);
  });
  it('is ordered by time and not by how the time is written', () => {
    const inSeconds = { ...moved, changedAt: '2025-03-12T04:59:59Z' };
    const inMilliseconds = { ...toHanoi, changedAt: '2025-03-12T04:59:59.500Z' };
    expect(account.taken(inMilliseconds, inSeconds).state.identity?.headOffice).toBe('Số 9 Hà Nội');
  });
  it('to the value that there is confirms it: kept, and nobody is told', () => {
    const confirmed = change('confirmed', { values: { address: 'Số 12 đường Nguyễn Văn Linh' } });
    const { state } = account
      .taken()
      .when(take(confirmed))
      .then([{ type: 'InformationChanged', data: { fields: [{ field: 'address', became: 'SAME' }] } }]);
    expect(addresses(state)).toHaveLength(2);
    account
      .given(account.taken(confirmed).history)
      .when(take(byTax('t', 15, { values: { address: 'Số 7' } })))
      .then([{ type: 'InformationChanged', data: { fields: [{ became: 'OTHER_SOURCE' }] } }]);
  });
  it('that a later confirmation stands after is an earlier one', () => {
    const confirmed = change('confirmed', { values: { address: 'Số 1 phố Huế' }, changedAt: march(14) });
    account
      .taken(moved, confirmed)
      .when(take({ ...toHanoi, changedAt: march(13) }))
      .then([{ type: 'InformationChanged', data: { fields: [{ became: 'EARLIER' }] } }]);
  });
  it('in the encoding of letters alone is none', () => {
    const name = 'Công ty TNHH Sao Mai';
    account
      .taken()
      .when(take(change('nfd', { values: { name_vi: name.normalize('NFD') } })))
      .then([{ type: 'InformationChanged', data: { fields: [{ value: name, became: 'SAME' }] } }]);
  });
  it('never makes a value longer than an identity holds', () => {
    const longest = '\u{1D15E}'.repeat(150);
    const { state } = account.taken(change('long', { values: { name_vi: longest } }));
    AccountState.parse(state);
    expect(state.identity?.names.vi).toBe(longest);
  });
  it('of several fields is judged field by field', () => {
    account
      .taken(toHanoi)
      .when(take(change('both', { values: { address: 'Số 1', name_vi: 'Công ty TNHH Sao Hôm' } })))
      .then([
        {
          type: 'InformationChanged',
          data: {
            fields: [
              { field: 'name_vi', became: 'CURRENT' },
              { field: 'address', became: 'EARLIER' },
            ],
          },
        },
        {
          type: 'NoticeOrdered',
          data: { values: { organisation: 'Công ty TNHH Sao Hôm', fields: 'name_vi' } },
        },
      ]);
  });
  it('without values, status or merger is nothing', () => {
    account
      .taken()
      .when(take(change('empty')))
      .thenNothing();
  });
});

describe('of two registries', () => {
  const byTaxOffice = byTax('tax', 15, { values: { address: 'Số 7 phố Thuế' } });
  it('the one that the policy names first goes before a later word of the other', () => {
    account
      .taken(moved)
      .when(take(byTaxOffice))
      .then([{ type: 'InformationChanged', data: { fields: [{ became: 'OTHER_SOURCE' }] } }]);
    const { state } = account.taken(byTaxOffice, moved);
    expect(state.identity?.headOffice).toBe('Số 1 phố Huế');
    expect(addresses(state)).toHaveLength(3);
  });
  it('the other one counts while the first has said nothing', () => {
    expect(account.taken(byTaxOffice).state.identity?.headOffice).toBe('Số 7 phố Thuế');
  });
  it('one that the policy does not name for the field is kept and never counts', () => {
    const { state } = account
      .taken()
      .when(take(byTax('tax', 15, { values: { established_on: '2020-01-01' } })))
      .then([{ type: 'InformationChanged', data: { fields: [{ became: 'OTHER_SOURCE' }] } }]);
    expect(state.identity?.establishedOn).toBe('2019-05-06');
    const { information } = state;
    expect(information.at(-1)).toMatchObject({ field: 'established_on', value: '2020-01-01', source: 'TAX' });
  });
  it('none counts for a field for which the policy names none', () => {
    const { state } = informed(decreeWith({ informationSources: {} })).taken(moved);
    expect(state.identity?.headOffice).toBe('Số 12 đường Nguyễn Văn Linh');
  });
});

describe('a change of code', () => {
  it('gives the organisation new keys, and keeps none that is not a code of it any more', () => {
    const { state } = account
      .taken()
      .when(take(byTax('code', 11, { values: { tax_code: '0900000022' } })))
      .then([
        {
          type: 'InformationChanged',
          data: { organisationKeys: ['code:0900000011', 'code:0900000022'] },
        },
        { type: 'NoticeOrdered' },
      ]);
    expect(state.organisationKeys).toEqual(['code:0900000011', 'code:0900000022']);
    const both = account.taken(
      byTax('code', 11, { values: { tax_code: '0900000022' } }),
      change('enterprise', { values: { enterprise_code: '0900000022' } }),
    );
    expect(both.state.organisationKeys).toEqual(['code:0900000022']);
  });
  it('gives keys by code to an organisation that was known by its name', () => {
    const { taxCode: _t, enterpriseCode: _e, ...identity } = opening().identity;
    const named = informed(decree, { identity, organisationKeys: ['name:sao mai|LAM-SON|2019-05-06'] });
    expect(named.taken(moved).state.organisationKeys).toEqual(['name:sao mai|LAM-SON|2019-05-06']);
    const coded = named.taken(byTax('code', 11, { values: { tax_code: '0900000022' } }));
    expect(coded.state.organisationKeys).toEqual(['code:0900000022']);
  });
  it('that is no news, or not the one that counts, leaves the keys', () => {
    for (const values of [{ enterprise_code: '0900000011' }, { tax_code: '0900000011' }])
      account
        .taken()
        .when(take(change('same', { values })))
        .then([{ type: 'InformationChanged', data: { organisationKeys: undefined } }]);
    account
      .taken(byTax('code', 11, { values: { tax_code: '0900000022' } }))
      .when(take(change('behind', { values: { tax_code: '0900000044' } })))
      .then([{ type: 'InformationChanged', data: { organisationKeys: undefined } }]);
  });
  it('is one of the electronic code too, for those whose electronic code it is', () => {
    const coded = { ...opening().identity, electronicCode: '0900000011' };
    const recoded = change('recoded', { values: { enterprise_code: '0900000033' } });
    const electronicCode = (part: Parameters<typeof informed>[1]) =>
      informed(decree, part).taken(recoded).state.identity?.electronicCode;
    expect(electronicCode({ identity: coded, category: 'ENTERPRISE' })).toBe('0900000033');
    expect(electronicCode({ identity: coded, category: 'OTHER_ORG' })).toBe('0900000011');
    expect(electronicCode({ category: 'ENTERPRISE' })).toBeUndefined();
  });
});

describe('whoever brings a change', () => {
  it('is the system', () => {
    account
      .taken()
      .when({ ...take(moved), actor: people.director })
      .thenRefused('EID_ERR_FORBIDDEN', { command: 'TakeRegistryChange' });
  });
  it('finds an account: what is not there takes none', () => {
    account.given([]).when(take(moved)).thenNothing();
  });
});
