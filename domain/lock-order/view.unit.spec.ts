import { describe, expect, it } from 'vitest';
import { projections } from '../projections.ts';
import { askOrder } from '../testing/commands.ts';
import { deepFreeze } from '../testing/invariants.ts';
import { lockOrders, ORDER } from '../testing/lock-orders.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { lockOrder } from './index.ts';
import { viewLockOrder } from './view.ts';

const order = lockOrders(decree);
const stages = [
  'returned',
  'received',
  'forwarded',
  'approved',
  'unresolved',
  'carriedOut',
  'refused',
  'withdrawn',
  'ended',
  'closed',
] as const;

describe('what an inbox sees of an order', () => {
  it.each([
    [{}, 'Công ty TNHH Sao Mai: LOCK'],
    [{ action: 'UNLOCK' }, 'Công ty TNHH Sao Mai: UNLOCK'],
    [{ organisation: undefined }, '10000000001: LOCK'],
    [{ organisation: '' }, '10000000001: LOCK'],
    [{ organisation: undefined, number: undefined }, 'LOCK'],
  ] as const)('of a form with %o is titled %s', (form, title) => {
    expect(viewLockOrder(order.received(form).state).title).toBe(title);
  });
  it('names the unit that received it, and whom it waits for, for as long as it is open', () => {
    for (const stage of stages) {
      const view = viewLockOrder(order[stage]().state);
      expect(view).toMatchObject({ unit: 'CAX-LAM-SON', closed: stage === 'closed', claims: [] });
      expect(view.waits.length > 0).toBe(stage !== 'closed');
      for (const { owner, since } of view.waits) {
        expect(owner).not.toBe('');
        expect(since).toMatch(/^2025-03-/);
      }
    }
  });
  it('waits for whoever holds the step', () => {
    const { view } = order
      .received()
      .when(askOrder(people.head, 'ClaimTask', { taskId: 'forward-order-1' }))
      .then([{ type: 'TaskClaimed' }]);
    expect(view.waits).toMatchObject([{ owner: people.head.name, what: 'FORWARD_ORDER' }]);
  });
  it('waits for the unit where a returned form names no authority', () => {
    const nameless = lockOrders(decreeWith({ lockOrderFields: [] }));
    const { state } = nameless.after(nameless.file({ authority: undefined }));
    expect(viewLockOrder(state).waits).toMatchObject([{ kind: 'PERSON', owner: 'Công an xã Lâm Sơn' }]);
  });
});

describe('the projection of orders', () => {
  const { initial, evolve, view, deadlineAt, effects } = projections['lock-order'];
  it('folds, shows and times an order as its decider does, and changes no state that it is given', () => {
    const decider = lockOrder(ORDER, decree);
    for (const stage of stages) {
      const { history, state } = order[stage]();
      const folded = deepFreeze(history).reduce<unknown>(
        (s, event) => deepFreeze(evolve(s, event)),
        deepFreeze(initial(ORDER)),
      );
      expect(folded).toEqual(state);
      expect(view(folded)).toEqual(decider.view(state));
      expect(deadlineAt(folded)).toBe(decider.deadline(state)?.at);
      expect(effects(folded)).toEqual(decider.effects(state));
    }
  });
  it('leaves as it was what it does not know: a later version’s event', () => {
    const by = { id: 'x', name: 'x' };
    const later = { type: 'LockOrderAppealed', data: {}, at: '2030-01-01T00:00:00.000Z', by };
    const { state } = order.received();
    expect(evolve(state, later)).toEqual(state);
  });
});
