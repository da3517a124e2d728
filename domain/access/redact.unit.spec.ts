import { describe, expect, it } from 'vitest';
import { AccountState } from '../../schemas/account.ts';
import type { Actor } from '../../schemas/actor.ts';
import { RegistrationState } from '../../schemas/registration.ts';
import { accounts } from '../testing/accounts.ts';
import { must } from '../testing/invariants.ts';
import { people } from '../testing/people.ts';
import { decree } from '../testing/policy.spec.ts';
import { choices } from '../testing/random.ts';
import { requests } from '../testing/requests.ts';
import { granted } from './permission.ts';
import { HIDDEN_NUMBER, redact } from './redact.ts';
import { access, anybody, samplesOf } from './samples.spec.ts';

const [lan, binh, chi] = ['033190000001', '033190000002', '033190000003'];
const request = requests(decree);
const consenting = request.awaitingConsent();
const account = accounts(decree).opened();

const shown = (actor: Actor, view: unknown = consenting.state) => [
  ...new Set(
    JSON.stringify(redact(actor, 'registration', consenting.state, view, access)).match(/0331900\d{5}/g),
  ),
];

describe('personal numbers in a case', () => {
  it('are seen by whoever declared or must verify them', () => {
    for (const actor of [people.registrant, people.desk, people.verifier, people.head, people.proposer])
      expect(shown(actor)).toEqual([lan, binh, chi]);
  });
  it('are not seen by other representatives, who see their own', () => {
    expect(shown(people.binh)).toEqual([binh]);
    expect(shown(people.chi)).toEqual([chi]);
  });
  it('are not seen by heads above, by the call centre, nor by anybody whom the case does not concern', () => {
    for (const actor of [people.headOfPc06, people.callCentre, people.stranger, people.headElsewhere])
      expect(shown(actor)).toEqual([]);
  });
  it('are hidden in events as well, and in what registries say', () => {
    expect(shown(people.binh, consenting.history)).toEqual([binh]);
    const told = [
      { values: { representative_id: chi, name_vi: 'Sao Mai' } },
      { field: 'representative_id', value: chi, before: lan },
      { field: 'tax_code', value: '0900000011', before: undefined },
    ];
    expect(redact(people.binh, 'registration', consenting.state, told, access)).toEqual([
      { values: { representative_id: HIDDEN_NUMBER, name_vi: 'Sao Mai' } },
      { field: 'representative_id', value: HIDDEN_NUMBER, before: HIDDEN_NUMBER },
      { field: 'tax_code', value: '0900000011', before: undefined },
    ]);
  });
  it('are hidden in an account', () => {
    const seen = redact(people.callCentre, 'account', account.state, account.state, access);
    expect(seen.identity?.representative.number).toBe(HIDDEN_NUMBER);
    expect(seen.identity?.identificationNumber).toBe('10000000001');
    expect(AccountState.parse(seen)).toEqual(seen);
  });
  it('leave a state of the same shape, and the one that was asked about as it was', () => {
    const before = JSON.stringify(consenting.state);
    const seen = redact(people.binh, 'registration', consenting.state, consenting.state, access);
    expect(RegistrationState.parse(seen)).toEqual(seen);
    expect(JSON.stringify(consenting.state)).toBe(before);
  });
  it('reach nobody in any state whom the table does not let see them', { timeout: 60_000 }, () => {
    let hidden = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const c = choices(seed);
      for (const { caseType, state } of samplesOf(seed)) {
        const actor = anybody(c);
        if (granted(actor, caseType, state, access).has('SEE_NUMBERS')) continue;
        const text = JSON.stringify(redact(actor, caseType, state, state, access));
        const own = actor.id === people.binh.id ? binh : actor.id === people.chi.id ? chi : undefined;
        const found = (text.match(/0331900\d{5}/g) ?? []).filter((number) => number !== own);
        must(found.length === 0, `${actor.id} sees ${found.join(', ')} in a ${caseType}`);
        if (JSON.stringify(state).includes('0331900')) hidden += 1;
      }
    }
    expect(hidden).toBeGreaterThan(300);
  });
  it('are not seen by a representative of another organisation', () => {
    const plain = request.local().state;
    const view = redact(people.binh, 'registration', plain, plain, access);
    expect(JSON.stringify(view)).not.toMatch(/0331900/);
  });
});
