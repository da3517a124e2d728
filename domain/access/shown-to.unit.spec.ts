import { describe, expect, it } from 'vitest';
import { type AccountCommand, AccountState } from '../../schemas/account.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType, CommandOf } from '../../schemas/case.ts';
import { type LockOrderCommand, LockOrderState } from '../../schemas/lock-order.ts';
import { type RegistrationCommand, RegistrationState } from '../../schemas/registration.ts';
import { VerificationState } from '../../schemas/verification.ts';
import type { Body } from '../decider.ts';
import { projections } from '../projections.ts';
import { accounts } from '../testing/accounts.ts';
import { ask, askAccount, askOrder } from '../testing/commands.ts';
import { must } from '../testing/invariants.ts';
import { lockOrders, orderDecision } from '../testing/lock-orders.ts';
import { people } from '../testing/people.ts';
import { decree } from '../testing/policy.spec.ts';
import { staff } from '../testing/random-tasks.ts';
import { proposal, requests } from '../testing/requests.ts';
import type { StateOf } from './case.ts';
import { mayRead } from './permission.ts';
import { access, samplesOf } from './samples.spec.ts';
import { type AnyFact, shownTo } from './shown-to.ts';

const request = requests(decree);
const account = accounts(decree);
const order = lockOrders(decree);

const asSteps = <C extends Body>(commands: readonly CommandOf<C>[]) =>
  commands.map((command) => ({ command }));

/** The same case after some more commands, each of which changes it. */
const afterMore = {
  request: (before: ReturnType<typeof request.local>, ...commands: CommandOf<RegistrationCommand>[]) =>
    request.given(request.played(asSteps(commands), before.history)),
  account: (before: ReturnType<typeof account.active>, ...commands: CommandOf<AccountCommand>[]) =>
    account.given(account.played(asSteps(commands), before.history)),
  order: (before: ReturnType<typeof order.received>, ...commands: CommandOf<LockOrderCommand>[]) =>
    order.given(order.played(asSteps(commands), before.history)),
};

function eventOf(history: readonly AnyFact[], type: string): AnyFact {
  const event = history.find((one) => one.type === type);
  if (!event) throw new Error(`there is no ${type}`);
  return event;
}

const schemas = {
  registration: RegistrationState,
  account: AccountState,
  'lock-order': LockOrderState,
  verification: VerificationState,
};
const officers = [...Object.values(people), ...staff].filter(({ unit }) => unit !== undefined);

/** Everything that a person is shown: state, waits, events. */
function everything<T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  history: readonly AnyFact[] = [],
): string {
  const shown = shownTo(actor, caseType, state, access);
  const { waits } = projections[caseType].view(shown.state);
  return JSON.stringify([shown.state, waits, history.map((event) => shown.event(event))]);
}

const typesShown = (actor: Actor, state: RegistrationState, history: readonly AnyFact[]) =>
  history.flatMap((event) => shownTo(actor, 'registration', state, access).event(event)?.type ?? []);

describe('a request, to those who ask for the account', () => {
  const claimed = ask(people.verifier, 'ClaimTask', { taskId: 'verify-1' });
  const found = ask(people.verifier, 'RecordFindings', {
    taskId: 'verify-1',
    result: 'FAIL',
    findings: 'Trụ sở không có người',
    reasons: ['ADDRESS_MISMATCH'],
  });
  const confirmed = ask(people.head, 'ConfirmFindings', {
    taskId: 'confirm-1',
    confirmed: true,
    note: 'Không tìm thấy trụ sở',
  });
  const verified = afterMore.request(request.local(), claimed);
  const written = afterMore.request(verified, found);

  it('names no officer: who holds a task is a unit and a role', () => {
    const { state, history } = verified;
    expect(JSON.stringify(state)).toContain(people.verifier.name);
    const text = everything(people.registrant, 'registration', state, history);
    for (const { name } of officers) expect(text).not.toContain(JSON.stringify(name));
    const { tasks } = shownTo(people.registrant, 'registration', state, access).state;
    expect(tasks.at(-1)).toMatchObject({ role: 'VERIFICATION_OFFICER', status: 'CLAIMED', responsible: [] });
    expect(tasks.at(-1)).not.toHaveProperty('holder');
    const [wait] = projections.registration.view({ ...state, tasks }).waits;
    expect(wait).toMatchObject({ kind: 'TASK', owner: 'CAX-LAM-SON', what: 'VERIFY' });
  });

  it('says what was found only once it is confirmed, and never in the words of the officers', () => {
    const before = shownTo(people.registrant, 'registration', written.state, access);
    expect(written.state.findings).toBeDefined();
    expect(before.state.findings).toBeUndefined();
    const refused = afterMore.request(written, confirmed);
    const after = shownTo(people.registrant, 'registration', refused.state, access);
    expect(after.state.findings).toMatchObject({ result: 'FAIL', reasons: ['ADDRESS_MISMATCH'] });
    expect(after.state.refusal).toEqual(refused.state.refusal);
    const text = everything(people.registrant, 'registration', refused.state, refused.history);
    expect(text).not.toContain('Trụ sở không có người');
    const shown = shownTo(people.registrant, 'registration', refused.state, access);
    // The reason that the head gave is what the notice of the refusal says.
    expect(shown.event(eventOf(refused.history, 'FindingsConfirmed'))?.data).toEqual({ result: 'FAIL' });
    expect(shown.state.notices[0]?.values.note).toBe('Không tìm thấy trụ sở');
  });

  it('shows the way of the request, its reasons and the own dossier', () => {
    const { state, history } = request.completed();
    expect(typesShown(people.registrant, state, history)).toEqual(
      expect.arrayContaining([
        'DossierDrafted',
        'RequestSubmitted',
        'RequestAccepted',
        'RegistryAnswered',
        'IssuanceProposed',
        'RequestApproved',
        'AccountIssued',
        'AccountOpened',
      ]),
    );
    const shown = shownTo(people.registrant, 'registration', state, access);
    expect(shown.state.dossier).toEqual(state.dossier);
    const returned = request.returned();
    const why = eventOf(returned.history, 'SupplementRequested');
    expect(shownTo(people.registrant, 'registration', returned.state, access).event(why)).toMatchObject({
      data: why.data,
    });
    expect(shownTo(people.registrant, 'registration', returned.state, access).state.notices).toHaveLength(1);
  });

  it('keeps what registries answered to the office', () => {
    const { state, history } = request.toPropose();
    const shown = shownTo(people.registrant, 'registration', state, access);
    const answers = history.filter(({ type }) => type === 'RegistryAnswered').map(shown.event);
    expect(answers.length).toBeGreaterThan(0);
    for (const answer of answers) expect(Object.keys(answer?.data ?? {})).toEqual(['registry', 'answeredAt']);
    const contradicted = request.contradicted().state;
    const checks = shownTo(people.registrant, 'registration', contradicted, access).state.checks;
    for (const check of checks) expect(check).toMatchObject({ mismatched: [] });
    expect(JSON.stringify(checks)).not.toContain('MISMATCH');
  });

  it('shows another representative no notice of the registrant, and no number but the own', () => {
    const { state, history } = request.consented();
    const text = everything(people.binh, 'registration', state, history);
    expect(text.match(/0331900\d{5}/g)?.every((number) => number === '033190000002')).toBe(true);
    const { notices } = shownTo(people.binh, 'registration', state, access).state;
    expect(notices.every(({ to }) => to.id === people.binh.id)).toBe(true);
  });

  it('is whole for the office, an officer who registered it among them', () => {
    const { state, history } = verified;
    for (const actor of [people.verifier, people.head, people.proposer]) {
      const shown = shownTo(actor, 'registration', state, access);
      expect(shown.state).toEqual(state);
      expect(history.map(shown.event)).toEqual(history);
    }
    const both: Actor = {
      ...people.verifier,
      id: people.registrant.id,
      roles: ['REGISTRANT', 'VERIFICATION_OFFICER'],
    };
    expect(shownTo(both, 'registration', state, access).state).toEqual(state);
    const stranger: Actor = { ...both, roles: ['REGISTRANT', 'CALL_CENTRE'] };
    expect(shownTo(stranger, 'registration', state, access).state).not.toEqual(state);
  });

  it('names those whom it names anyway', () => {
    const { state, history } = request.consented();
    const first = eventOf(history, 'DossierDrafted');
    const shown = shownTo(people.binh, 'registration', state, access);
    expect(shown.event(first)?.by).toEqual({ id: people.registrant.id, name: people.registrant.name });
    const { history: later, state: at } = afterMore.request(request.toPropose(), proposal());
    const event = eventOf(later, 'IssuanceProposed');
    expect(shownTo(people.registrant, 'registration', at, access).event(event)).toMatchObject({
      by: { id: '***', name: '***', unit: 'C06' },
      data: {},
    });
  });
});

describe('an account, to its owner', () => {
  it('has its grounds with authority, document and reason', () => {
    const violation = askAccount(people.director, 'LockForTermsViolation', {
      note: 'Cho người khác sử dụng',
    });
    const { state, history } = afterMore.account(account.active(), violation);
    const shown = shownTo(people.registrant, 'account', state, access);
    expect(shown.state.grounds).toEqual(state.grounds);
    const placed = eventOf(history, 'LockGroundPlaced');
    expect(shown.event(placed)).toMatchObject({ data: placed.data, by: { name: '***', unit: 'C06' } });
  });

  it('shows a later owner nothing of where the one before is reached', () => {
    const { state, history } = account.opened();
    const next: AccountState = { ...state, owner: { id: people.stranger.id, name: 'Người Mới' } };
    const text = everything(people.stranger, 'account', next, history);
    expect(text).not.toContain('0900000001');
    expect(text).toContain(people.registrant.name);
  });
});

describe('an order, to the authority that it is from', () => {
  it('shows the decision with its reasons, not what officers wrote for one another', () => {
    const passedOn = askOrder(people.head, 'ForwardLockOrder', {
      taskId: 'forward-order-1',
      note: 'Đề nghị xem xét gấp',
    });
    const refusal = orderDecision('REFUSE', { reasons: 'Không thuộc thẩm quyền' });
    const refused = afterMore.order(order.received(), passedOn, refusal);
    const text = everything(people.authority, 'lock-order', refused.state, refused.history);
    expect(text).toContain('Không thuộc thẩm quyền');
    expect(text).not.toContain('Đề nghị xem xét gấp');
    expect(text).not.toContain(people.head.name);
  });

  it('shows no form that named somebody else', () => {
    const { state, history } = order.received();
    const form = { ...state.form, action: 'LOCK' as const };
    const contact = { id: people.otherAuthority.id, name: people.otherAuthority.name };
    const other = {
      ...state,
      form: { ...form, authority: { kind: 'COMPETENT_AUTHORITY' as const, contact } },
    };
    const text = everything(people.otherAuthority, 'lock-order', other, history);
    expect(text).not.toContain('vks@example.vn');
  });
});

describe('whatever happened to a case, those whom it concerns from outside', () => {
  const outsiders: readonly Actor[] = [people.registrant, people.binh, people.chi, people.authority];

  it('see a state of the same shape, with no officer in it and no number but their own', {
    timeout: 60_000,
  }, () => {
    let looked = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      for (const { caseType, state } of samplesOf(seed)) {
        const before = JSON.stringify(state);
        for (const actor of outsiders) {
          if (!mayRead(actor, caseType, state, access)) continue;
          const shown = shownTo(actor, caseType, state, access).state;
          must(schemas[caseType].safeParse(shown).success, `a ${caseType} has lost its shape`);
          const text = everything(actor, caseType, state);
          const seen = officers.find(({ name }) => text.includes(JSON.stringify(name)));
          must(seen === undefined, `${actor.id} sees ${seen?.name} in a ${caseType}`);
          looked += 1;
        }
        must(JSON.stringify(state) === before, 'what was asked about stays as it was');
      }
    }
    expect(looked).toBeGreaterThan(300);
  });
});
