import { describe, expect, it } from 'vitest';
import type { AccessRow } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import { initialAccount } from '../account/state.ts';
import { DomainError } from '../error.ts';
import { initialLockOrder } from '../lock-order/state.ts';
import { initialRegistration } from '../registration/state.ts';
import { ACCOUNT, accounts } from '../testing/accounts.ts';
import { STREAM } from '../testing/answers.ts';
import { ask, askAccount, askOrder } from '../testing/commands.ts';
import { lockOrders, ORDER } from '../testing/lock-orders.ts';
import { c06, commune, officer, otherCommune, pc06, people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { requests } from '../testing/requests.ts';
import { VERIFICATION, verifications } from '../testing/verifications.ts';
import { initialVerification } from '../verification/state.ts';
import type { StateOf } from './case.ts';
import { granted, mayCommand, mayRead, mustBeGranted } from './permission.ts';
import { relationOf } from './relation.ts';
import { access, table } from './samples.spec.ts';

const request = requests(decree);
const account = accounts(decree);
const order = lockOrders(decree);

const none = {
  registration: initialRegistration(STREAM),
  account: initialAccount(ACCOUNT),
  'lock-order': initialLockOrder(ORDER),
  verification: initialVerification(VERIFICATION),
} satisfies StateOf;

const asked = verifications(decree).sent().state;
const answeredInPart = verifications(decree).inPart().state;
const consenting = request.awaitingConsent().state;
const local = request.local().state;
const toPropose = request.toPropose().state;
const withoutEmail = requests(decreeWith({ noticeChannels: [] }));
const untold = withoutEmail.refused().state;

const opened = account.opened().state;
const undelivered = account.undelivered().state;
const held = account
  .undelivered()
  .when(askAccount(people.callCentre, 'ClaimTask', { taskId: 'deliver-notice-1' }))
  .then([{ type: 'TaskClaimed' }]).state;

const received = order.received().state;
const forwardHeld = order
  .received()
  .when(askOrder(people.head, 'ClaimTask', { taskId: 'forward-order-1' }))
  .then([{ type: 'TaskClaimed' }]).state;
const unsentOrder = lockOrders(decreeWith({ noticeChannels: [] })).refused().state;
const verifyHeld = request
  .local()
  .when(ask(people.verifier, 'ClaimTask', { taskId: 'verify-1' }))
  .then([{ type: 'TaskClaimed' }]).state;

const auditor: Actor = { id: 'auditor', name: 'Kiểm toán', roles: ['AUDITOR'] };
const notAuditor: Actor = { ...auditor, roles: ['REGISTRANT'] };
const owner = people.registrant;
const headOfC06 = officer('head-c06', c06, 'UNIT_HEAD');
/** Held a task, then was moved to another unit. */
const movedVerifier = officer(people.verifier.id, otherCommune, 'VERIFICATION_OFFICER');
const movedHead = officer(people.head.id, otherCommune, 'UNIT_HEAD');
const movedCaller = officer(people.callCentre.id, pc06, 'CALL_CENTRE');

type Example = { readonly state: StateOf[CaseType]; readonly allowed: Actor; readonly refused: Actor };
const of = (state: StateOf[CaseType], allowed: Actor, refused: Actor): Example => ({
  state,
  allowed,
  refused,
});

/** For each row somebody whom it lets in, and somebody near whom it does not. */
const examples: Readonly<Record<string, Example>> = {
  'request-opens-on-vneid': of(none.registration, people.registrant, people.binh),
  'request-opens-at-the-desk': of(none.registration, people.desk, people.verifier),
  'request-of-the-registrant': of(local, people.registrant, people.stranger),
  'request-of-the-representative': of(consenting, people.binh, {
    ...people.stranger,
    roles: ['REPRESENTATIVE'],
  }),
  'request-at-reception': of(local, people.desk, people.deskElsewhere),
  'request-at-verification': of(local, people.verifier, people.verifierElsewhere),
  'request-of-the-head-of-the-unit': of(local, people.head, people.headOfPc06),
  'request-below-a-head': of(local, people.headOfPc06, people.deskOfPc06),
  'request-at-c06': of(toPropose, people.proposer, officer('proposer', pc06, 'C06_OFFICER')),
  'request-of-the-director': of(toPropose, people.director, officer('director', pc06, 'C06_DIRECTOR')),
  'request-of-the-call-centre': of(untold, people.callCentre, officer('other', pc06, 'CALL_CENTRE')),
  'request-of-the-holder': of(verifyHeld, movedVerifier, people.verifierElsewhere),
  'request-of-the-auditor': of(local, auditor, notAuditor),
  'request-of-the-system': of(local, people.system, people.director),
  'account-of-the-owner': of(opened, owner, people.stranger),
  'account-of-the-call-centre': of(opened, people.callCentre, people.desk),
  'account-at-c06': of(opened, people.proposer, officer('proposer', pc06, 'C06_OFFICER')),
  'account-of-the-director': of(opened, people.director, people.headOfPc06),
  'account-of-the-head-of-the-unit': of(undelivered, headOfC06, people.headOfPc06),
  'account-of-the-holder': of(held, movedCaller, { ...movedCaller, id: 'other' }),
  'account-of-the-auditor': of(opened, auditor, notAuditor),
  'account-of-the-system': of(opened, people.system, people.director),
  'order-opens-at-the-desk': of(none['lock-order'], people.desk, people.authority),
  'order-of-the-authority': of(received, people.authority, people.otherAuthority),
  'order-at-reception': of(received, people.desk, people.deskElsewhere),
  'order-of-the-head-of-the-unit': of(received, people.head, people.headElsewhere),
  'order-below-a-head': of(received, people.headOfPc06, people.headElsewhere),
  'order-at-c06': of(received, people.proposer, officer('proposer', pc06, 'C06_OFFICER')),
  'order-of-the-director': of(received, people.director, officer('director', pc06, 'C06_DIRECTOR')),
  'order-of-the-call-centre': of(unsentOrder, people.callCentre, officer('other', pc06, 'CALL_CENTRE')),
  'order-of-the-holder': of(forwardHeld, movedHead, people.headElsewhere),
  'order-of-the-auditor': of(received, auditor, notAuditor),
  'order-of-the-system': of(received, people.system, people.director),
  'verification-opens-at-a-unit': of(none.verification, people.verifier, people.financeOfficer),
  'verification-of-the-body': of(asked, people.financeOfficer, people.taxOfficer),
  'verification-of-the-asking-officer': of(asked, people.verifier, people.verifierElsewhere),
  'verification-of-the-head-of-the-unit': of(asked, people.head, people.headElsewhere),
  'verification-below-a-head': of(asked, people.headOfPc06, people.headElsewhere),
  'verification-at-c06': of(asked, people.proposer, officer('proposer', pc06, 'C06_OFFICER')),
  'verification-of-the-holder': of(
    answeredInPart,
    { ...people.financeOfficer, unit: 'FINANCE-34', unitPath: ['FINANCE-34'] },
    people.taxOfficer,
  ),
  'verification-of-the-auditor': of(asked, auditor, notAuditor),
  'verification-of-the-system': of(asked, people.system, people.director),
};

const alone = (row: AccessRow) => ({ ...access, table: { ...table, rows: [row] } });

describe('each row of the table', () => {
  it.each(table.rows.map((row) => [row.id, row] as const))(
    '%s lets in whom it names, and nobody beside',
    (id, row) => {
      const example = examples[id];
      if (!example) throw new Error(`row ${id} has no example`);
      const { state, allowed, refused } = example;
      expect([...granted(allowed, row.case, state, alone(row))].sort()).toEqual([...row.may].sort());
      expect([...granted(refused, row.case, state, alone(row))]).toEqual([]);
    },
  );

  it('has an example, and no example is of a row that is gone', () => {
    expect(Object.keys(examples).sort()).toEqual(table.rows.map(({ id }) => id).sort());
  });

  it('lets nobody in who stands to the case rightly and lacks the role', () => {
    for (const row of table.rows) {
      const { state, allowed } = examples[row.id] ?? of(local, owner, owner);
      const roles = [
        'REGISTRANT',
        'REPRESENTATIVE',
        'AUTHORITY',
        'VERIFICATION_OFFICER',
        'CALL_CENTRE',
      ] as const;
      const other = roles.find((role) => !row.who.includes(role)) ?? 'SERVICE';
      expect([...granted({ ...allowed, roles: [other] }, row.case, state, alone(row))], row.id).toEqual([]);
    }
  });
});

const relations = <T extends CaseType>(actor: Actor, type: T, state: StateOf[T]) =>
  [...relationOf(actor, type, state, access)].sort();

describe('how a caller stands to a case', () => {
  it('may be in several ways at once', () => {
    expect(relations(people.head, 'lock-order', forwardHeld)).toEqual(['TASK_HOLDER', 'UNIT']);
    expect(relations(people.proposer, 'registration', toPropose)).toEqual(['C06', 'SUPERIOR', 'UNIT']);
    const both: Actor = { ...people.desk, id: people.registrant.id };
    expect(relations(both, 'registration', local)).toEqual(['REGISTRANT', 'UNIT']);
  });
  it('is by the units that the case recorded, from the own up, and not by those beside', () => {
    expect(relations(people.headOfPc06, 'registration', local)).toEqual(['SUPERIOR']);
    expect(relations(people.headElsewhere, 'registration', local)).toEqual(['NONE']);
    expect(relations(officer('x', commune, 'CALL_CENTRE'), 'registration', local)).toEqual(['UNIT']);
  });
  it('ends for a holder with the task', () => {
    expect(relations(movedVerifier, 'registration', verifyHeld)).toEqual(['TASK_HOLDER']);
    const done = request
      .local()
      .when(
        ask(people.verifier, 'RecordFindings', {
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
      ]).state;
    expect(relations(movedVerifier, 'registration', done)).toEqual(['NONE']);
  });
  it('is a representative’s for as long as the dossier names that person', () => {
    expect(relations(people.binh, 'registration', consenting)).toEqual(['REPRESENTATIVE']);
    expect(relations(people.binh, 'registration', local)).toEqual(['NONE']);
  });
  it('is the call centre’s in a request only where there is or was something to tell', () => {
    expect(mayRead(people.callCentre, 'registration', untold, access)).toBe(true);
    expect(mayRead(people.callCentre, 'registration', toPropose, access)).toBe(false);
    expect(mayRead(people.callCentre, 'account', opened, access)).toBe(true);
  });
  it('is an auditor’s alone, and another system’s not at all, whatever the token says beside', () => {
    const roles = ['AUDITOR', 'C06_DIRECTOR', 'REGISTRANT'] as const;
    expect(relations({ ...people.director, roles: [...roles] }, 'registration', local)).toEqual(['AUDITOR']);
    expect(relations({ ...owner, roles: ['SERVICE', 'REGISTRANT', 'AUDITOR'] }, 'account', opened)).toEqual([
      'NONE',
    ]);
  });
  it('is C06’s in C06 alone: the role of its Director opens nothing to anybody elsewhere', () => {
    const elsewhere = officer('director', pc06, 'C06_DIRECTOR');
    expect(relations(elsewhere, 'registration', local)).toEqual(['SUPERIOR']);
    expect([...granted(elsewhere, 'registration', local, access)]).toEqual([]);
  });
  it('changes with the owner of an account', () => {
    const other = account.opened({ id: people.binh.id, name: people.binh.name }).state;
    expect(mayRead(owner, 'account', other, access)).toBe(false);
    expect(mayCommand(people.binh, 'account', other, 'ActivateAccount', access)).toBe(true);
  });
});

describe('what a caller is told who may not', () => {
  const refusal = <T extends CaseType>(actor: Actor, type: T, state: StateOf[T], command: string) => {
    try {
      mustBeGranted(actor, type, state, command as never, access);
      return 'granted';
    } catch (error) {
      return error instanceof DomainError ? error.code : error;
    }
  };
  it('is that there is no such case, unless the case may be read', () => {
    expect(refusal(people.stranger, 'registration', local, 'WithdrawRequest')).toBe('EID_ERR_CASE_UNKNOWN');
    expect(refusal(people.registrant, 'registration', local, 'AcceptDossier')).toBe('EID_ERR_FORBIDDEN');
    expect(refusal(auditor, 'account', opened, 'LockOwnAccount')).toBe('EID_ERR_FORBIDDEN');
    expect(refusal(people.registrant, 'registration', local, 'WithdrawRequest')).toBe('granted');
  });
  it('is the same for a case that is not there as for one that is not to be known', () => {
    for (const command of ['WithdrawRequest', 'ClaimTask', 'AcceptDossier', 'NoSuchCommand'])
      expect(refusal(people.stranger, 'registration', none.registration, command)).toBe(
        refusal(people.stranger, 'registration', local, command),
      );
  });
  it('is that one may not open cases, whether or not there is this one', () => {
    const service: Actor = { id: 's', name: 's', roles: ['SERVICE'] };
    for (const actor of [people.verifier, people.binh, auditor, service])
      expect(refusal(actor, 'registration', none.registration, 'FileRequest')).toBe('EID_ERR_FORBIDDEN');
    expect(refusal(people.verifierElsewhere, 'registration', local, 'FileRequest')).toBe('EID_ERR_FORBIDDEN');
    expect(refusal(people.stranger, 'registration', local, 'FileRequest')).toBe('EID_ERR_CASE_UNKNOWN');
  });
  it('to read a case that is not there is open to nobody', () => {
    for (const actor of [...Object.values(people), auditor])
      for (const type of ['registration', 'account', 'lock-order'] as const)
        expect(mayRead(actor, type, none[type], access)).toBe(false);
  });
});
