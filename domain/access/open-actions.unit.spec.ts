import { describe, expect, it } from 'vitest';
import { OpenAction } from '../../schemas/access.ts';
import { AccountCommand } from '../../schemas/account.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import { LockOrderCommand } from '../../schemas/lock-order.ts';
import { RegistrationCommand } from '../../schemas/registration.ts';
import { VerificationCommand } from '../../schemas/verification.ts';
import { initialLockOrder } from '../lock-order/state.ts';
import { initialRegistration } from '../registration/state.ts';
import { accounts, END_OF_7_DAYS, RECEIVED } from '../testing/accounts.ts';
import { STREAM } from '../testing/answers.ts';
import { ask } from '../testing/commands.ts';
import { dossier } from '../testing/dossiers.ts';
import { must } from '../testing/invariants.ts';
import { FILED, lockOrders, ORDER } from '../testing/lock-orders.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { requests, START } from '../testing/requests.ts';
import { toMs } from '../time.ts';
import type { StateOf } from './case.ts';
import { openActions, probesFor } from './open-actions.ts';
import { samplesOf, table } from './samples.spec.ts';

const request = requests(decree);
const account = accounts(decree);
const order = lockOrders(decree);

const open = <T extends CaseType>(actor: Actor, type: T, state: StateOf[T], at: string, policy = decree) =>
  openActions(actor, type, state, toMs(at), policy, table).map(({ type: command, taskId, why }) =>
    [command, taskId, why].filter(Boolean).join(' '),
  );

describe('the actions open to a caller, in a request', () => {
  const asks = (actor: Actor, state: StateOf['registration']) => open(actor, 'registration', state, START);
  it('are to open one, for a registrant and for a desk', () => {
    const fresh = initialRegistration(STREAM);
    expect(asks(people.registrant, fresh)).toEqual(['DraftDossier', 'FileRequest']);
    expect(asks(people.desk, fresh)).toEqual(['DraftDossier', 'FileRequest']);
    expect(asks(people.verifier, fresh)).toEqual([]);
  });
  it('are the registrant’s while it is a draft, and the desk’s for the registrant', () => {
    const draft = request.draft().state;
    const all = ['ReviseDraft', 'SubmitRequest', 'WithdrawRequest'];
    expect(asks(people.registrant, draft)).toEqual(all);
    expect(asks(people.desk, draft)).toEqual(all);
    expect(asks(people.stranger, draft)).toEqual([]);
  });
  it('are to agree or not, until one has', () => {
    const waiting = request.awaitingConsent();
    expect(asks(people.binh, waiting.state)).toEqual(['GiveConsent', 'RefuseConsent']);
    const given = waiting.when(ask(people.binh, 'GiveConsent')).then([{ type: 'ConsentGiven' }]).state;
    expect(asks(people.binh, given)).toEqual(['WithdrawConsent']);
  });
  it('are to verify for those who may, to give it out for their head, and nothing for the colleague beside', () => {
    const local = request.local().state;
    expect(asks(people.verifier, local)).toEqual([
      'AskBody verify-1',
      'RecordFindings verify-1',
      'ClaimTask verify-1',
    ]);
    expect(asks(people.head, local)).toEqual(['ReassignTask verify-1', 'EscalateTask verify-1']);
    expect(asks(people.headOfPc06, local)).toEqual(['ReassignTask verify-1', 'EscalateTask verify-1']);
    expect(asks(people.desk, local)).toEqual(['WithdrawRequest']);
    expect(asks(people.verifierElsewhere, local)).toEqual([]);
  });
  it('are the holder’s to finish, to hand on and to give back, and nobody else’s', () => {
    const held = request
      .local()
      .when(ask(people.verifier, 'ClaimTask', { taskId: 'verify-1' }))
      .then([{ type: 'TaskClaimed' }]).state;
    expect(asks(people.verifier, held)).toEqual([
      'AskBody verify-1',
      'RecordFindings verify-1',
      'ReleaseTask verify-1',
      'DelegateTask verify-1',
      'EscalateTask verify-1',
    ]);
    expect(asks(people.verifier2, held)).toEqual([]);
  });
  it('leave out what four eyes forbid', () => {
    const found = request
      .local()
      .when(
        ask(people.verifyingHead, 'RecordFindings', {
          taskId: 'verify-1',
          result: 'PASS',
          findings: 'x',
          reasons: [],
        }),
      )
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'FindingsRecorded' },
        { type: 'TaskOpened' },
      ]);
    expect(asks(people.head, found.state)).toContain('ConfirmFindings confirm-1');
    expect(asks(people.verifyingHead, found.state)).toEqual([
      'ReassignTask confirm-1',
      'EscalateTask confirm-1',
    ]);
  });
  it('name what must be mended first', () => {
    const incomplete = request.atDesk(dossier({ organisation: { code: undefined } })).state;
    expect(asks(people.desk, incomplete)).toContain('AcceptDossier receive-1 EID_ERR_DOSSIER_NOT_VALID');
    expect(asks(people.desk, request.atDesk().state)).toContain('AcceptDossier receive-1');
  });
  it('are the Director’s to decide', () => {
    expect(asks(people.director, request.toDecide().state)).toEqual([
      'AskBody decide-1',
      'DecideRequest decide-1',
      'ClaimTask decide-1',
      'ReassignTask decide-1',
    ]);
    expect(asks(people.proposer, request.toDecide().state)).toEqual([]);
  });
  it('leave out what the case would take and the table does not grant: an office gives no right to the own request', () => {
    const officer: Actor = { ...people.verifierElsewhere, id: people.registrant.id };
    const { state, when } = request.local();
    when(ask(officer, 'WithdrawRequest')).then([{ type: 'TaskCancelled' }, { type: 'RequestWithdrawn' }]);
    expect(asks(officer, state)).toEqual([]);
    expect(asks({ ...officer, roles: ['REGISTRANT'] }, state)).toEqual(['WithdrawRequest']);
  });
  it('are none once it is withdrawn', () => {
    for (const actor of Object.values(people)) expect(asks(actor, request.withdrawn().state)).toEqual([]);
  });
});

describe('the actions open to a caller, in an account', () => {
  const asks = (actor: Actor, state: StateOf['account'], at = RECEIVED) => open(actor, 'account', state, at);
  it('are to activate it for the owner in time, for the call centre after that', () => {
    expect(asks(people.registrant, account.received().state)).toEqual(['ActivateAccount', 'LockOwnAccount']);
    expect(asks(people.callCentre, account.received().state)).toEqual([]);
    const overdue = account.overdue().state;
    expect(asks(people.registrant, overdue, END_OF_7_DAYS)).toEqual(['LockOwnAccount']);
    expect(asks(people.callCentre, overdue, END_OF_7_DAYS)).toEqual(['ActivateThroughCallCentre']);
  });
  it('are to lock it for C06, and for nobody at a commune', () => {
    for (const actor of [people.proposer, people.director])
      expect(asks(actor, account.active().state)).toEqual(['LockForTermsViolation']);
    for (const actor of [people.desk, people.head, people.headOfPc06, people.stranger])
      expect(asks(actor, account.active().state)).toEqual([]);
  });
  it('are to deliver a notice by hand', () => {
    expect(asks(people.callCentre, account.undelivered().state)).toEqual([
      'ClaimTask deliver-notice-1',
      'ResolveNotice deliver-notice-1',
    ]);
  });
});

describe('the actions open to a caller, in a lock order', () => {
  const asks = (actor: Actor, state: StateOf['lock-order'], policy = decree) =>
    open(actor, 'lock-order', state, FILED, policy);
  it('are to record one at a desk', () => {
    expect(asks(people.desk, initialLockOrder(ORDER))).toEqual(['FileLockOrder']);
    expect(asks(people.authority, initialLockOrder(ORDER))).toEqual([]);
    const nowhere = decreeWith({ lockOrderChannels: [] });
    expect(asks(people.desk, initialLockOrder(ORDER), nowhere)).toEqual([]);
  });
  it('are the authority’s to take back until it is decided', () => {
    expect(asks(people.authority, order.received().state)).toEqual(['WithdrawLockOrder']);
    expect(asks(people.otherAuthority, order.received().state)).toEqual([]);
    expect(asks(people.authority, order.approved().state)).toEqual([]);
  });
  it('are to forward, then to decide, each for its own office', () => {
    expect(asks(people.head, order.received().state)).toEqual([
      'ForwardLockOrder forward-order-1',
      'ReturnLockOrder forward-order-1',
      'ClaimTask forward-order-1',
      'ReassignTask forward-order-1',
      'EscalateTask forward-order-1',
    ]);
    expect(asks(people.director, order.forwarded().state)).toEqual([
      'DecideLockOrder decide-order-1',
      'ClaimTask decide-order-1',
      'ReassignTask decide-order-1',
    ]);
  });
});

describe('what is tried to find out', () => {
  const commands = {
    registration: RegistrationCommand,
    account: AccountCommand,
    'lock-order': LockOrderCommand,
    verification: VerificationCommand,
  };
  const askers = [people.desk, people.registrant, people.director];

  it('has the shape of a command, for every kind of person and state', { timeout: 60_000 }, () => {
    const tried = new Set<string>();
    for (let seed = 1; seed <= 500; seed += 1) {
      for (const { caseType, state, now } of samplesOf(seed)) {
        for (const actor of askers) {
          for (const { command } of probesFor(caseType, { actor, state, now })) {
            const { type, data } = command;
            must(
              commands[caseType].safeParse({ type, data }).success,
              `${caseType} ${type} has no such data`,
            );
            tried.add(`${caseType} ${type}`);
          }
        }
      }
    }
    const persons = table.rows.flatMap((row) =>
      row.as.includes('SYSTEM')
        ? []
        : row.may.flatMap((m) => (/^[A-Z_]+$/.test(m) ? [] : [`${row.case} ${m}`])),
    );
    expect([...new Set(persons)].filter((one) => !tried.has(one))).toEqual([]);
    expect([...tried].filter((one) => !persons.includes(one))).toEqual([]);
  });

  it('takes a few milliseconds at most', () => {
    const cases = Array.from({ length: 20 }, (_, i) => samplesOf(i + 1)).flat();
    const callers = [people.director, people.head, people.proposer, people.desk];
    const askAll = () => {
      for (const { caseType, state, now, policy } of cases)
        for (const actor of callers) openActions(actor, caseType, state, now, policy, table);
    };
    askAll();
    const start = performance.now();
    askAll();
    const each = (performance.now() - start) / (cases.length * callers.length);
    expect(each).toBeLessThan(5);
  });

  it('is answered in the shape that callers are told', () => {
    const listed = openActions(people.head, 'lock-order', order.received().state, toMs(FILED), decree, table);
    for (const action of listed) expect(OpenAction.parse(action)).toEqual(action);
  });
});
