import { describe, expect, it } from 'vitest';
import type { BodyOutcome, BodyResult } from '../../schemas/body.ts';
import { askVerification } from '../testing/commands.ts';
import { people } from '../testing/people.ts';
import { decree } from '../testing/policy.spec.ts';
import { opening, part, refusal, said, verifications, whole, withdrawal } from '../testing/verifications.ts';
import { bodyOfUnit, officeOf } from './office.ts';

const verification = verifications(decree);
const { financeOfficer, financeOfficer2, taxOfficer, verifier, registrant, system } = people;

describe('a body that answers', () => {
  it('in part holds the task from then on, and the rest keeps waiting', () => {
    const { history, state, view } = verification
      .sent()
      .when(part())
      .then([
        { type: 'TaskClaimed', data: { holder: { id: financeOfficer.id } } },
        { type: 'VerificationPartAnswered', data: { answers: [said('exists')] } },
      ]);
    expect(state).toMatchObject({ status: 'SENT', answers: [said('exists')] });
    expect(view.waits).toMatchObject([{ owner: financeOfficer.name, what: 'ANSWER_VERIFICATION' }]);
    verification
      .given(history)
      .when(whole([said('representative')]))
      .then([
        { type: 'TaskCompleted' },
        { type: 'VerificationAnswered', data: { outcome: 'MATCH', answers: [said('representative')] } },
      ]);
  });
  it('in whole ends the question', () => {
    const { view } = verification
      .sent()
      .when(whole())
      .then([{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }, { type: 'VerificationAnswered' }]);
    expect(view).toMatchObject({ status: 'ANSWERED', closed: true, waits: [], overdue: false });
  });
  it.each<[BodyResult, BodyResult, BodyOutcome]>([
    ['MATCH', 'MATCH', 'MATCH'],
    ['MATCH', 'NO_DATA', 'NO_DATA'],
    ['NO_DATA', 'MISMATCH', 'MISMATCH'],
  ])('%s and %s says %s, whichever came first', (one, other, outcome) => {
    const { state } = verification
      .after(opening(), part([said('exists', one)]))
      .when(whole([said('representative', other)]))
      .then([{ type: 'TaskCompleted' }, { type: 'VerificationAnswered', data: { outcome } }]);
    expect(state.outcome).toBe(outcome);
  });
  it('says to whole what it lacks', () => {
    verification
      .sent()
      .when(whole([said('exists')]))
      .thenRefused('EID_ERR_ANSWER_INCOMPLETE', { missing: ['representative'] });
  });
  it('answers only what was asked, once, and leaves something when it answers a part', () => {
    const sent = verification.sent();
    sent.when(part([said('unknown')])).thenRefused('EID_ERR_SHAPE');
    sent.when(whole([said('exists'), said('exists')])).thenRefused('EID_ERR_SHAPE');
    sent.when(part([said('exists'), said('representative')])).thenRefused('EID_ERR_SHAPE');
    verification.inPart().when(part()).thenRefused('EID_ERR_SHAPE');
  });
  it('may refuse to, with the reason in words; what it said before stays', () => {
    const { state, view } = verification
      .inPart()
      .when(refusal())
      .then([{ type: 'TaskCompleted' }, { type: 'VerificationRefused', data: { reason: 'NOT_COMPETENT' } }]);
    expect(state).toMatchObject({ outcome: 'REFUSED', answers: [said('exists')] });
    expect(view).toMatchObject({ status: 'REFUSED', closed: true });
  });
  it('is that body and nobody else', () => {
    for (const actor of [taxOfficer, verifier, people.head, people.director, registrant, system]) {
      for (const command of [part, whole].map((say) => say(undefined, actor)))
        verification.sent().when(command).thenRefused('EID_ERR_FORBIDDEN');
      verification.sent().when(refusal(actor)).thenRefused('EID_ERR_FORBIDDEN');
    }
  });
  it('is the colleague who holds the task, to whom it may be handed', () => {
    const held = verification.inPart();
    held.when(whole([said('representative')], financeOfficer2)).thenRefused('EID_ERR_TASK_HELD');
    held.when(part([said('representative')], financeOfficer2)).thenRefused('EID_ERR_TASK_HELD');
    const { history } = held
      .when(askVerification(financeOfficer, 'ReleaseTask', { taskId: 'answer-verification-1' }))
      .then([{ type: 'TaskReleased' }]);
    verification
      .given(history)
      .when(whole([said('representative')], financeOfficer2))
      .then([{ type: 'TaskClaimed' }, { type: 'TaskCompleted' }, { type: 'VerificationAnswered' }]);
  });
  it('does so while somebody waits, with the task of its own', () => {
    for (const stage of ['answered', 'refused', 'withdrawn'] as const) {
      for (const command of [part(), whole(), refusal(), withdrawal()])
        verification[stage]().when(command).thenRefused('EID_ERR_CASE_CLOSED');
    }
    verification.fresh().when(whole()).thenRefused('EID_ERR_CASE_UNKNOWN');
    const claim = askVerification(financeOfficer, 'ClaimTask', { taskId: 'answer-verification-1' });
    verification.answered().when(claim).thenRefused('EID_ERR_CASE_CLOSED');
    const chase = { taskId: 'chase-verification-1', answers: [said('exists')] };
    verification
      .overdue()
      .when(askVerification(verifier, 'AnswerPart', chase))
      .thenRefused('EID_ERR_OUT_OF_PLACE');
  });
});

describe('the office of a body', () => {
  it('is a unit of its own, which says whose it is', () => {
    expect(officeOf('COMMUNE_COMMITTEE', 'HY-DINH-DU')).toEqual({
      unit: 'COMMUNE-COMMITTEE-HY-DINH-DU',
      name: 'Ủy ban nhân dân cấp xã (HY-DINH-DU)',
      path: ['COMMUNE-COMMITTEE-HY-DINH-DU'],
    });
    expect(bodyOfUnit('COMMUNE-COMMITTEE-HY-DINH-DU')).toEqual({
      body: 'COMMUNE_COMMITTEE',
      place: 'HY-DINH-DU',
    });
    for (const unit of ['C06', 'PC06-HY', 'CAX-HY-DINH-DU', 'FINANCE-'])
      expect(bodyOfUnit(unit)).toBeUndefined();
  });
});
