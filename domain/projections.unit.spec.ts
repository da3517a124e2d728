import { describe, expect, it } from 'vitest';
import { account } from './account/index.ts';
import { projections } from './projections.ts';
import { registration } from './registration/index.ts';
import { ACCOUNT, accounts } from './testing/accounts.ts';
import { STREAM } from './testing/answers.ts';
import { deepFreeze } from './testing/invariants.ts';
import { decree } from './testing/policy.spec.ts';
import { requests } from './testing/requests.ts';

const request = requests(decree);

describe('the projection of a case type', () => {
  const { initial, evolve, view, deadlineAt } = projections.registration;
  it('folds, shows and times a request as its decider does', () => {
    const decider = registration(STREAM, decree);
    const { history, state } = request.local();
    const folded = history.reduce<unknown>(evolve, initial(STREAM));
    expect(folded).toEqual(state);
    expect(view(folded)).toEqual(decider.view(state));
    expect(deadlineAt(folded)).toBe(decider.deadline(state)?.at);
    expect(deadlineAt(folded)).toEqual(expect.any(Number));
  });
  it('folds, shows and times an account as its decider does', () => {
    const decider = account(ACCOUNT, decree);
    const { history, state } = accounts(decree).received();
    const folded = history.reduce<unknown>(projections.account.evolve, projections.account.initial(ACCOUNT));
    expect(projections.account.view(folded)).toEqual(decider.view(state));
    expect(projections.account.deadlineAt(folded)).toBe(decider.deadline(state)?.at);
  });
  it('has no deadline where nothing is due', () => {
    expect(deadlineAt(initial(STREAM))).toBeUndefined();
  });
  it('leaves as it was what it does not know: a later version’s event', () => {
    const later = {
      type: 'AccountMerged',
      data: {},
      at: '2030-01-01T00:00:00.000Z',
      by: { id: 'x', name: 'x' },
    };
    const state = deepFreeze(request.local().state);
    expect(evolve(state, later)).toEqual(state);
    expect(projections.account.evolve(accounts(decree).received().state, later)).toEqual(
      accounts(decree).received().state,
    );
  });
  it('changes no state that it is given', () => {
    const { history, state } = request.toDecideAfterLocal();
    const folded = deepFreeze(history).reduce<unknown>(
      (s, e) => deepFreeze(evolve(s, e)),
      deepFreeze(initial(STREAM)),
    );
    expect(folded).toEqual(state);
  });
});
