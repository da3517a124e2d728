import { describe, expect, it } from 'vitest';
import { askVerification } from '../testing/commands.ts';
import { c06, financeOffice, people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import {
  askingOf,
  chasing,
  DAY_1,
  DAY_2,
  DAY_4,
  opening,
  overdue,
  part,
  refusal,
  reminder,
  reported,
  VERIFICATION,
  verifications,
  whole,
  withdrawal,
} from '../testing/verifications.ts';
import { verificationDeadline, verificationEffects } from './effects.ts';

const verification = verifications(decree);
const { financeOfficer, head, headOfPc06, proposer, registrant, system, verifier, verifierElsewhere } =
  people;
const atC06 = { unit: 'C06', name: 'C06', path: [...c06] };

describe('a question to another body', () => {
  it('is sent at once: the body has a task, with the limit and the reminders of the policy', () => {
    const { state, view } = verification
      .fresh()
      .when(opening())
      .then([
        {
          type: 'VerificationOpened',
          data: {
            policyVersion: decree.version,
            office: { unit: 'FINANCE-33', path: financeOffice },
            dueAt: DAY_2,
            reminders: [DAY_1],
          },
        },
        {
          type: 'TaskOpened',
          data: {
            taskId: 'answer-verification-1',
            role: 'BODY_OFFICER',
            unit: 'FINANCE-33',
            unitPath: financeOffice,
            dueAt: DAY_2,
            climbs: [],
          },
        },
      ]);
    expect(state.status).toBe('SENT');
    expect(view).toMatchObject({
      title: 'Công ty TNHH Sao Mai: Sở Tài chính (33)',
      unit: 'CAX-LAM-SON',
      dueAt: DAY_2,
      closed: false,
      waits: [{ kind: 'TASK', owner: 'FINANCE-33', what: 'ANSWER_VERIFICATION', until: DAY_2 }],
    });
  });
  it('is asked by officers of any unit for that unit, and by the system for a case', () => {
    for (const actor of [verifier, head, system]) {
      verification
        .fresh()
        .when(opening({}, actor))
        .then([{ type: 'VerificationOpened' }, { type: 'TaskOpened' }]);
    }
    verification
      .fresh()
      .when(opening({ asker: atC06 }, proposer))
      .then([{ type: 'VerificationOpened' }, { type: 'TaskOpened' }]);
  });
  it('by anybody else, or for another unit, is forbidden', () => {
    for (const actor of [verifierElsewhere, people.desk, financeOfficer, registrant, people.authority]) {
      verification.fresh().when(opening({}, actor)).thenRefused('EID_ERR_FORBIDDEN');
    }
  });
  it('a second time under the same name is refused', () => {
    verification.sent().when(opening()).thenRefused('EID_ERR_CASE_EXISTS', { stream: VERIFICATION });
  });
  it('names each question once, and says in words what no kind says', () => {
    const exists = { id: 'a', kind: 'EXISTENCE' as const };
    const ask = (more: Parameters<typeof askingOf>[0]) =>
      verification.fresh().when(askVerification(verifier, 'OpenVerification', askingOf(more)));
    ask({ questions: [exists, exists] }).thenRefused('EID_ERR_SHAPE');
    ask({ questions: [exists, { id: 'b', kind: 'OTHER' }] }).thenRefused('EID_ERR_SHAPE');
    ask({ questions: [{ id: 'b', kind: 'OTHER', text: 'Giấy phép còn hiệu lực không?' }] }).then([
      { type: 'VerificationOpened' },
      { type: 'TaskOpened' },
    ]);
  });
  it('has no reminder that would come with its limit or after it', () => {
    const late = [1, 2, 3].map((amount) => ({ amount, unit: 'working_days' as const }));
    const { state } = verifications(decreeWith({ verificationReminders: late }))
      .fresh()
      .when(opening())
      .then([{ type: 'VerificationOpened' }, { type: 'TaskOpened' }]);
    expect(state.reminders).toEqual([DAY_1]);
  });
});

describe('a body that does not answer', () => {
  it('is reminded before the limit, once for each time of the policy', () => {
    const sent = verification.sent();
    expect(verificationDeadline(sent.state)).toMatchObject({ command: { type: 'RemindBody' } });
    sent.when(reminder()).thenNothing();
    const { state } = sent.when(reminder(), DAY_1).then([{ type: 'BodyReminded', data: { number: 1 } }]);
    expect(state).toMatchObject({ status: 'SENT', reminded: 1, reminders: [] });
    expect(verificationDeadline(state)?.command).toEqual({
      type: 'MarkVerificationOverdue',
      data: { dueAt: DAY_2 },
    });
  });
  it('past the limit leaves the asking unit a task that climbs, and may still answer', () => {
    const { history, view } = verification
      .sent()
      .when(overdue(), DAY_2)
      .then([
        { type: 'VerificationOverdue', data: { dueAt: DAY_2 } },
        { type: 'TaskOverdue', data: { taskId: 'answer-verification-1' } },
        {
          type: 'TaskOpened',
          data: {
            taskId: 'chase-verification-1',
            role: 'VERIFICATION_OFFICER',
            unit: 'CAX-LAM-SON',
            dueAt: DAY_4,
            climbs: [{ rule: 'near-the-limit' }, { rule: 'long-past-the-limit' }],
          },
        },
      ]);
    expect(view).toMatchObject({ status: 'OVERDUE', overdue: true, closed: false });
    expect(view.waits.map(({ owner }) => owner)).toEqual(['FINANCE-33', 'CAX-LAM-SON']);
    verification
      .given(history)
      .when(whole(), DAY_4)
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'TaskCancelled', data: { taskId: 'chase-verification-1', why: 'VERIFICATION_ANSWERED' } },
        { type: 'VerificationAnswered' },
      ]);
  });
  it('is overdue at its limit, not before, not twice, and not once it has ended', () => {
    verification.sent().when(overdue()).thenNothing();
    verification.sent().when(overdue(DAY_1), DAY_2).thenNothing();
    verification.overdue().when(overdue()).thenNothing();
    for (const stage of ['answered', 'refused', 'withdrawn'] as const)
      verification[stage]().when(overdue(), DAY_2).thenNothing();
  });
  it('leaves C06, where it asked, a task of its own officer', () => {
    const asked = verification.given(verification.played([{ command: opening({ asker: atC06 }, proposer) }]));
    asked
      .when(overdue(), DAY_2)
      .then([
        { type: 'VerificationOverdue' },
        { type: 'TaskOverdue' },
        { type: 'TaskOpened', data: { role: 'C06_OFFICER', unit: 'C06' } },
      ]);
  });
  it('is chased by the unit that asked, and has time once more', () => {
    const { state } = verification
      .overdue()
      .when(chasing())
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted', data: { by: { id: verifier.id } } },
        { type: 'VerificationChased', data: { dueAt: DAY_4 } },
      ]);
    expect(state).toMatchObject({ status: 'SENT', dueAt: DAY_4 });
    expect(verificationDeadline(state)?.command.type).toBe('MarkVerificationOverdue');
    verification.overdue().when(chasing(financeOfficer)).thenRefused('EID_ERR_FORBIDDEN');
    verification.overdue().when(chasing(verifierElsewhere)).thenRefused('EID_ERR_FORBIDDEN');
    verification
      .overdue()
      .when(chasing(verifier, 'answer-verification-1'))
      .thenRefused('EID_ERR_OUT_OF_PLACE');
  });
  it('is not for people to call late', () => {
    for (const command of [overdue(), reminder(), reported()])
      verification
        .sent()
        .when({ ...command, actor: verifier })
        .thenRefused('EID_ERR_FORBIDDEN');
  });
});

describe('a question that is taken back', () => {
  it('by the unit that asked ends with the body’s task', () => {
    const { view } = verification
      .inPart()
      .when(withdrawal(head))
      .then([
        { type: 'TaskCancelled', data: { why: 'VERIFICATION_WITHDRAWN' } },
        { type: 'VerificationWithdrawn' },
      ]);
    expect(view).toMatchObject({ status: 'WITHDRAWN', closed: true, waits: [] });
  });
  it('must be so by that unit, or by the system', () => {
    for (const actor of [verifierElsewhere, headOfPc06, financeOfficer, proposer, people.desk])
      verification.sent().when(withdrawal(actor)).thenRefused('EID_ERR_FORBIDDEN');
    verification
      .sent()
      .when(withdrawal(system))
      .then([{ type: 'TaskCancelled' }, { type: 'VerificationWithdrawn' }]);
  });
  it('takes nothing more, and an answer goes before it', () => {
    for (const command of [part(), whole(), refusal(), withdrawal()])
      verification.withdrawn().when(command).thenRefused('EID_ERR_CASE_CLOSED');
    verification.answered().when(withdrawal(system)).thenNothing();
    verification.fresh().when(withdrawal()).thenRefused('EID_ERR_CASE_UNKNOWN');
  });
});

describe('the case that asked', () => {
  it('is told the end, and only then is the verification closed', () => {
    const asked = (...more: Parameters<typeof verification.after>) =>
      verification.after(opening({ request: 'registration-1' }, system), ...more);
    expect(verificationEffects(asked(part()).state)).toEqual([]);
    const refused = asked(part(), refusal());
    expect(verificationEffects(refused.state)).toEqual([
      {
        key: 'report-outcome',
        kind: 'reportOutcome',
        input: {
          request: 'registration-1',
          verification: VERIFICATION,
          outcome: 'REFUSED',
          answers: [{ question: 'exists', result: 'MATCH' }],
          refusal: { reason: 'NOT_COMPETENT', text: 'Thuộc thẩm quyền của Sở Nội vụ' },
        },
      },
    ]);
    const { state, view } = refused.when(reported()).then([{ type: 'OutcomeReported' }]);
    expect(view).toMatchObject({ closed: true, waits: [] });
    expect(verificationEffects(state)).toEqual([]);
    asked().when(reported()).thenNothing();
    verification.answered().when(reported()).thenNothing();
  });
  it('is a person of a police unit where no request stands behind the question: nobody is told', () => {
    expect(verificationEffects(verification.answered().state)).toEqual([]);
  });
});
