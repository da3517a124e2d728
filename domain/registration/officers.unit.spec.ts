import { describe, expect, it } from 'vitest';
import { Reason } from '../../schemas/enums.ts';
import { found } from '../testing/answers.ts';
import { ask } from '../testing/commands.ts';
import { dossier } from '../testing/dossiers.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import {
  answerOf,
  approval,
  confirmation,
  findings,
  proposal,
  requests,
  START,
} from '../testing/requests.ts';
import { registrationEffects } from './effects.ts';

const {
  proposer,
  director,
  head,
  verifier,
  verifierElsewhere,
  headElsewhere,
  headOfPc06,
  registrant,
  system,
} = people;
const request = requests(decree);
const done = [{ type: 'TaskClaimed' as const }, { type: 'TaskCompleted' as const }];

describe('a contradiction of the registries', () => {
  type Action = 'TAKE_AS_MATCH' | 'RETURN' | 'REFUSE' | 'GO_LOCAL';
  const resolve = (action: Action, reasons: Reason[] = [], actor: typeof proposer = proposer) =>
    ask(actor, 'ResolveMismatch', { taskId: 'resolve-mismatch-1', action, reasons, note: 'đã đối chiếu' });
  const resolved = (action: Action) => ({
    type: 'MismatchResolved' as const,
    data: { action, note: 'đã đối chiếu' },
  });

  it('is taken as a match by a person who says why', () => {
    request
      .contradicted()
      .when(resolve('TAKE_AS_MATCH'))
      .then([
        ...done,
        resolved('TAKE_AS_MATCH'),
        { type: 'RouteChosen', data: { route: 'DIRECT', why: 'RESOLVED_BY_PERSON' } },
        { type: 'TaskOpened', data: { kind: 'PROPOSE' } },
      ]);
  });
  it('is returned to be mended, with the fields and the reasons that the registry gives', () => {
    const { state } = request
      .contradicted()
      .when(resolve('RETURN'))
      .then([
        ...done,
        resolved('RETURN'),
        {
          type: 'SupplementRequested',
          data: { reasons: ['ESTABLISHMENT_DATE_MISMATCH'], fields: ['established_on'] },
        },
        { type: 'NoticeOrdered', data: { template: 'DOSSIER_RETURNED' } },
      ]);
    expect(state).toMatchObject({ status: 'RETURNED', checks: [], round: 1 });
    expect(state.running).toBeUndefined();
    expect(state.route).toBeUndefined();
  });
  it('is refused, with the reasons of the officer where there are any', () => {
    request
      .contradicted()
      .when(resolve('REFUSE', ['FALSE_INFORMATION']))
      .then([
        ...done,
        resolved('REFUSE'),
        { type: 'RequestRefused', data: { stage: 'DATABASES', reasons: ['FALSE_INFORMATION'] } },
        { type: 'NoticeOrdered' },
      ]);
    expect(
      request
        .contradicted()
        .when(resolve('REFUSE'))
        .then([...done, resolved('REFUSE'), { type: 'RequestRefused' }, { type: 'NoticeOrdered' }]).state
        .refusal?.reasons,
    ).toEqual(['ESTABLISHMENT_DATE_MISMATCH']);
  });
  it('is looked into by the commune police', () => {
    request
      .contradicted()
      .when(resolve('GO_LOCAL'))
      .then([
        ...done,
        resolved('GO_LOCAL'),
        { type: 'RouteChosen', data: { route: 'LOCAL_VERIFICATION' } },
        { type: 'LimitChanged', data: { running: { kind: 'NOT_IN_DATABASES', startedAt: START } } },
        { type: 'TaskOpened', data: { kind: 'VERIFY' } },
      ]);
  });
  it('is resolved by an officer of C06 in its place', () => {
    request
      .contradicted()
      .when(resolve('REFUSE', [], verifier))
      .thenRefused('EID_ERR_FORBIDDEN', { role: 'C06_OFFICER', units: ['C06'] });
    request.toPropose().when(resolve('REFUSE')).thenRefused('EID_ERR_OUT_OF_PLACE');
    request.fresh().when(resolve('REFUSE')).thenRefused('EID_ERR_CASE_UNKNOWN');
    request.refused().when(resolve('REFUSE')).thenRefused('EID_ERR_CASE_CLOSED');
  });
});

describe('the local verification', () => {
  it('records what the officer found and asks the head of the unit', () => {
    const { state } = request
      .local()
      .when(findings('PASS'))
      .then([
        ...done,
        { type: 'FindingsRecorded', data: { result: 'PASS', findings: 'Đã đến trụ sở' } },
        { type: 'TaskOpened', data: { kind: 'CONFIRM', role: 'UNIT_HEAD', unit: 'CAX-LAM-SON' } },
      ]);
    expect(state).toMatchObject({
      status: 'LOCAL_VERIFICATION',
      findings: { result: 'PASS', confirmed: false },
    });
  });
  it('goes to C06 when the head confirms Đạt', () => {
    const { state } = request
      .withFindings()
      .when(confirmation())
      .then([
        ...done,
        { type: 'FindingsConfirmed', data: { result: 'PASS' } },
        { type: 'TaskOpened', data: { kind: 'PROPOSE', unit: 'C06' } },
      ]);
    expect(state).toMatchObject({ status: 'PENDING_PROPOSAL', findings: { confirmed: true } });
  });
  it('ends in refusal when the head confirms Không đạt, with the officer’s reasons', () => {
    const failed = ask(verifier, 'RecordFindings', {
      taskId: 'verify-1',
      result: 'FAIL',
      findings: 'Không có trụ sở',
      reasons: ['ADDRESS_MISMATCH'],
    });
    const history = request.played([{ command: failed }], request.local().history);
    request
      .given(history)
      .when(confirmation())
      .then([
        ...done,
        { type: 'FindingsConfirmed', data: { result: 'FAIL' } },
        {
          type: 'RequestRefused',
          data: { stage: 'LOCAL_VERIFICATION', reasons: ['ADDRESS_MISMATCH', 'LOCAL_VERIFICATION_FAILED'] },
        },
        { type: 'NoticeOrdered' },
      ]);
  });
  it('is done again when the head sends it back', () => {
    const { state, history } = request
      .withFindings()
      .when(ask(head, 'ConfirmFindings', { taskId: 'confirm-1', confirmed: false, note: 'chưa rõ' }))
      .then([
        ...done,
        { type: 'FindingsSentBack', data: { note: 'chưa rõ' } },
        { type: 'TaskOpened', data: { taskId: 'verify-2', kind: 'VERIFY' } },
      ]);
    expect(state.findings).toBeUndefined();
    request
      .given(history)
      .when(findings('PASS', 'verify-2'))
      .then([...done, { type: 'FindingsRecorded' }, { type: 'TaskOpened', data: { taskId: 'confirm-2' } }]);
  });
  it('is for the people of the commune alone', () => {
    request
      .local()
      .when(findings('PASS', 'verify-1', verifierElsewhere))
      .thenRefused('EID_ERR_FORBIDDEN');
    request
      .local()
      .when(findings('PASS', 'verify-1', head))
      .thenRefused('EID_ERR_FORBIDDEN');
    for (const actor of [verifier, headElsewhere, headOfPc06])
      request
        .withFindings()
        .when({ ...confirmation(), actor })
        .thenRefused('EID_ERR_FORBIDDEN');
  });
  it('is out of place elsewhere', () => {
    request.inChecks().when(findings('PASS')).thenRefused('EID_ERR_OUT_OF_PLACE');
    request.toPropose().when(confirmation()).thenRefused('EID_ERR_OUT_OF_PLACE');
    request.withFindings().when(findings('PASS')).thenRefused('EID_ERR_TASK_CLOSED', { taskId: 'verify-1' });
    request.local().when(confirmation('verify-1')).thenRefused('EID_ERR_OUT_OF_PLACE', { kind: 'VERIFY' });
    request.withdrawn().when(findings('PASS')).thenRefused('EID_ERR_CASE_CLOSED');
  });
});

describe('the proposal', () => {
  it('puts the request on a list for the Director', () => {
    const { state } = request
      .toPropose()
      .when(proposal())
      .then([
        ...done,
        { type: 'IssuanceProposed', data: { list: 'DS-01' } },
        { type: 'TaskOpened', data: { kind: 'DECIDE', about: 'DS-01', role: 'C06_DIRECTOR', unit: 'C06' } },
      ]);
    expect(state.status).toBe('PENDING_APPROVAL');
    expect(state.tasks.at(-1)).toMatchObject({ kind: 'DECIDE', about: 'DS-01' });
  });
  it('is for an officer of C06, in its place', () => {
    request
      .toPropose()
      .when({ ...proposal(), actor: director })
      .thenRefused('EID_ERR_FORBIDDEN');
    request.toDecide().when(proposal()).thenRefused('EID_ERR_OUT_OF_PLACE');
    request.fresh().when(proposal()).thenRefused('EID_ERR_CASE_UNKNOWN');
  });
});

describe('the decision of the Director of C06', () => {
  const decide = (decision: 'APPROVE' | 'REFUSE' | 'SEND_BACK', reasons: Reason[] = []) =>
    ask(director, 'DecideRequest', { taskId: 'decide-1', decision, reasons, note: 'đã xem' });

  it('approves, allocates a number and issues in one step, by the authority of Art 16', () => {
    const { state, view } = request
      .toDecide()
      .when(decide('APPROVE'))
      .then([
        ...done,
        { type: 'RequestApproved', data: { authority: decree.decidingAuthority, note: 'đã xem' } },
        { type: 'NumberAllocated', data: { number: '@identification-number' } },
        { type: 'AccountIssued', data: { account: 'account-@identification-number' } },
      ]);
    expect(state.status).toBe('ISSUED');
    expect(view.waits).toMatchObject([{ kind: 'SYSTEM', what: 'OPEN_ACCOUNT' }]);
  });
  it('approves after a local verification the same', () => {
    request
      .toDecideAfterLocal()
      .when(approval())
      .then([...done, { type: 'RequestApproved' }, { type: 'NumberAllocated' }, { type: 'AccountIssued' }]);
  });
  it('refuses with reasons and tells the registrant', () => {
    request
      .toDecide()
      .when(decide('REFUSE', ['NOT_ELIGIBLE']))
      .then([
        ...done,
        { type: 'RequestRefused', data: { stage: 'DECISION', reasons: ['NOT_ELIGIBLE'], note: 'đã xem' } },
        { type: 'NoticeOrdered', data: { template: 'REQUEST_REFUSED', values: { reasons: 'NOT_ELIGIBLE' } } },
      ]);
  });
  it.each(Reason.options)('may refuse for the reason %s', (reason) => {
    const { state } = request
      .toDecide()
      .when(decide('REFUSE', [reason]))
      .then([...done, { type: 'RequestRefused', data: { reasons: [reason] } }, { type: 'NoticeOrdered' }]);
    expect(state.refusal).toEqual({ stage: 'DECISION', reasons: [reason] });
  });
  it('sends it back to be verified locally', () => {
    const { state, history } = request
      .toDecideAfterLocal()
      .when(decide('SEND_BACK', ['ADDRESS_MISMATCH']))
      .then([
        ...done,
        { type: 'SentBackForVerification', data: { note: 'đã xem' } },
        { type: 'TaskOpened', data: { taskId: 'verify-2', kind: 'VERIFY' } },
      ]);
    expect(state).toMatchObject({ status: 'LOCAL_VERIFICATION', route: 'LOCAL_VERIFICATION' });
    expect(state.findings).toBeUndefined();
    const again = request.played(
      [findings('PASS', 'verify-2'), confirmation('confirm-2'), proposal('propose-2')].map((command) => ({
        command,
      })),
      history,
    );
    request
      .given(again)
      .when(approval('decide-2'))
      .then([...done, { type: 'RequestApproved' }, { type: 'NumberAllocated' }, { type: 'AccountIssued' }]);
  });
  it.each(['REFUSE', 'SEND_BACK'] as const)('gives reasons when it is %s', (decision) => {
    request.toDecide().when(decide(decision)).thenRefused('EID_ERR_REASON_MISSING');
  });
  it('is his alone, in its place', () => {
    for (const actor of [proposer, head, headOfPc06, registrant])
      request
        .toDecide()
        .when({ ...approval(), actor })
        .thenRefused('EID_ERR_FORBIDDEN');
    request.toPropose().when(approval()).thenRefused('EID_ERR_OUT_OF_PLACE');
    request.issued().when(approval()).thenRefused('EID_ERR_OUT_OF_PLACE', { status: 'ISSUED' });
    request.completed().when(approval()).thenRefused('EID_ERR_CASE_CLOSED');
  });
  it('cannot issue an identity that lacks one of its items', () => {
    const lax = requests(decreeWith({ requiredFields: { ...decree.requiredFields, ENTERPRISE: [] } }));
    const form = dossier({ organisation: { establishedOn: undefined } });
    const answers = [
      found('BUSINESS', { of: form }),
      found('TAX', { of: form }),
      found('POPULATION', { of: form }),
    ];
    lax
      .after(lax.filed(form), ...answers.map(answerOf), proposal())
      .when(approval())
      .thenRefused('EID_ERR_DOSSIER_NOT_VALID', { missing: ['establishedOn', 'representative'] });
  });
});

describe('an issued account', () => {
  const account = 'account-@identification-number';
  const opened = ask(system, 'RecordAccountOpened', { account });
  it('is opened with the identity, the owner and the keys of the organisation', () => {
    const [effect, ...others] = registrationEffects(request.issued().state);
    expect(others).toEqual([]);
    expect(effect).toMatchObject({
      key: 'open-account',
      kind: 'openAccount',
      input: {
        account,
        data: {
          request: 'registration-1',
          owner: { id: registrant.id, mobile: '0900000001' },
          organisationKeys: ['code:0900000011'],
        },
      },
    });
  });
  it('completes the request, which then reserves nothing', () => {
    const { view, state } = request
      .issued()
      .when(opened)
      .then([{ type: 'AccountOpened', data: { account } }]);
    expect(view).toMatchObject({ status: 'COMPLETED', closed: true, waits: [], claims: [] });
    expect(registrationEffects(state)).toEqual([]);
    expect(
      request
        .issued()
        .when(opened)
        .then([{ type: 'AccountOpened' }])
        .history.at(-1)?.by.id,
    ).toBe('system');
  });
  it('is opened once, under its own name, and by the system', () => {
    request.completed().when(opened).thenNothing();
    request
      .issued()
      .when(ask(system, 'RecordAccountOpened', { account: 'account-2' }))
      .thenNothing();
    request.toDecide().when(opened).thenNothing();
    request
      .issued()
      .when({ ...opened, actor: director })
      .thenRefused('EID_ERR_FORBIDDEN');
  });
  it('leaves no work of the request behind', () => {
    const failed = (order: number) => ({
      command: ask(system, 'RecordNoticeOutcome', {
        orderId: `registration-1.notice1.${order}`,
        outcome: 'FAILED' as const,
      }),
    });
    const returned = request.played([
      { command: request.filed(dossier({ organisation: { code: undefined } })) },
      failed(1),
      failed(2),
      failed(3),
    ]);
    const form = { dossier: dossier(), jurisdiction: request.draft().state.jurisdiction ?? fail() };
    const rest = [
      ask(registrant, 'ResubmitRequest', form),
      ...(['BUSINESS', 'TAX', 'POPULATION'] as const).map((registry) => answerOf(found(registry))),
      proposal(),
      approval(),
    ];
    const issued = request.played(
      rest.map((command) => ({ command })),
      returned,
    );
    const { view } = request
      .given(issued)
      .when(opened)
      .then([
        { type: 'TaskCancelled', data: { taskId: 'deliver-notice-1', why: 'REQUEST_COMPLETED' } },
        { type: 'AccountOpened' },
      ]);
    expect(view.closed).toBe(true);
  });
});

function fail(): never {
  throw new Error('no jurisdiction');
}
