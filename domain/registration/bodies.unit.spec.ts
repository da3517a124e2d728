import { describe, expect, it } from 'vitest';
import type { BodyQuestion } from '../../schemas/body.ts';
import { ask } from '../testing/commands.ts';
import { people } from '../testing/people.ts';
import { decree } from '../testing/policy.spec.ts';
import { findings, requests } from '../testing/requests.ts';
import { registrationDeadline, registrationEffects } from './effects.ts';

const request = requests(decree);
const { verifier, verifier2, head, director, financeOfficer, registrant, system } = people;
const exists: BodyQuestion = { id: 'exists', kind: 'EXISTENCE' };
const verification = 'verification-1-1';
const UNTIL = '2025-03-07T17:00:00.000Z';

const asking = (taskId = 'verify-1', by = verifier as typeof people.registrant, questions = [exists]) =>
  ask(by, 'AskBody', { taskId, body: 'FINANCE', place: '33', questions, reason: 'Đối chiếu hồ sơ' });
const sent = ask(system, 'RecordBodyAsked', { verification, until: UNTIL });
const answered = ask(system, 'RecordBodyAnswer', {
  verification,
  outcome: 'MATCH',
  answers: [{ question: 'exists', result: 'MATCH' }],
});
const local = () => request.local().history;
const askedHistory = () => request.played([{ command: asking() }], local());
const sentHistory = () => request.played([{ command: sent }], askedHistory());

describe('the officer of a task', () => {
  it('asks another body: the task is theirs and stays open, and the verification is to be opened', () => {
    const { state, view } = request
      .given(local())
      .when(asking())
      .then([
        { type: 'TaskClaimed', data: { taskId: 'verify-1', holder: { id: verifier.id } } },
        {
          type: 'BodyAsked',
          data: {
            verification,
            body: 'FINANCE',
            office: { unit: 'FINANCE-33' },
            asking: { asker: { unit: 'CAX-LAM-SON' }, askedBy: { id: verifier.id }, questions: [exists] },
          },
        },
      ]);
    expect(view.waits).toContainEqual(
      expect.objectContaining({ kind: 'BODY', owner: 'Sở Tài chính (33)', what: 'FINANCE' }),
    );
    expect(registrationEffects(state)).toMatchObject([
      {
        key: `ask-body.${verification}`,
        kind: 'openVerification',
        input: { verification, data: { request: 'registration-1', body: 'FINANCE', place: '33' } },
      },
    ]);
  });
  it('tells the body what is declared about what is asked, and nothing else of the dossier', () => {
    const questions: BodyQuestion[] = [exists, { id: 'who', kind: 'REPRESENTATIVE' }];
    const { state } = request
      .given(local())
      .when(asking('verify-1', verifier, questions))
      .then([{ type: 'TaskClaimed' }, { type: 'BodyAsked' }]);
    const { representative, nameVi } = state.dossier?.organisation ?? {};
    const text = JSON.stringify(registrationEffects(state));
    expect(text).toContain(representative?.name);
    expect(text).toContain(nameVi);
    expect(text).not.toContain(representative?.number);
    expect(text).not.toContain(state.dossier?.organisation.address.text);
  });
  it('asks for C06 where the task is C06’s', () => {
    request
      .toDecide()
      .when(asking('decide-1', director))
      .then([{ type: 'TaskClaimed' }, { type: 'BodyAsked', data: { asking: { asker: { unit: 'C06' } } } }]);
  });
  it('asks under a name of its own each time', () => {
    request
      .given(askedHistory())
      .when(asking())
      .then([{ type: 'BodyAsked', data: { verification: 'verification-1-2' } }]);
  });
  it('is whoever may do the task, and nobody beside', () => {
    for (const actor of [head, director, financeOfficer, registrant, people.verifierElsewhere])
      request.given(local()).when(asking('verify-1', actor)).thenRefused('EID_ERR_FORBIDDEN');
    request.given(askedHistory()).when(asking('verify-1', verifier2)).thenRefused('EID_ERR_TASK_HELD');
    request.given(local()).when(asking('verify-7')).thenRefused('EID_ERR_TASK_UNKNOWN');
    request
      .given(local())
      .when(asking('verify-1', verifier, [exists, exists]))
      .thenRefused('EID_ERR_SHAPE');
    request.atDesk().when(asking('receive-1', people.desk)).thenRefused('EID_ERR_OUT_OF_PLACE');
    request.withdrawn().when(asking()).thenRefused('EID_ERR_CASE_CLOSED');
  });
});

describe('a request that waits for a body', () => {
  it('shows until when, and its own limit runs on', () => {
    const before = registrationDeadline(request.local().state);
    const { state, view } = request
      .given(askedHistory())
      .when(sent)
      .then([{ type: 'BodyQuestionSent' }]);
    expect(view.waits).toContainEqual(expect.objectContaining({ kind: 'BODY', until: UNTIL }));
    expect(registrationEffects(state)).toEqual([]);
    expect(registrationDeadline(state)).toEqual(before);
    expect(view.dueAt).toBe(request.local().state.running?.dueAt);
  });
  it('takes the answer once, keeps its task, and waits no more', () => {
    const { state, view, history } = request
      .given(sentHistory())
      .when(answered)
      .then([{ type: 'BodyAnswered', data: { outcome: 'MATCH' } }]);
    expect(view.waits).toMatchObject([{ kind: 'TASK', what: 'VERIFY' }]);
    expect(state.bodies).toMatchObject([
      { status: 'ENDED', outcome: 'MATCH', answers: [{ question: 'exists' }] },
    ]);
    request.given(history).when(answered).thenNothing();
    request.given(history).when(sent).thenNothing();
  });
  it('takes an answer that comes before it heard that the question was sent', () => {
    const { history } = request
      .given(askedHistory())
      .when(answered)
      .then([{ type: 'BodyAnswered' }]);
    request.given(history).when(sent).thenNothing();
  });
  it('takes nothing of a verification that it did not ask for, nor from people', () => {
    const of = { verification: 'verification-9-1', outcome: 'MATCH' as const, answers: [] };
    request
      .given(sentHistory())
      .when(ask(system, 'RecordBodyAnswer', of))
      .thenNothing();
    request
      .given(sentHistory())
      .when({ ...answered, actor: verifier })
      .thenRefused('EID_ERR_FORBIDDEN');
  });
  it('may be gone on with before the answer', () => {
    request
      .given(sentHistory())
      .when(findings('PASS'))
      .then([{ type: 'TaskCompleted' }, { type: 'FindingsRecorded' }, { type: 'TaskOpened' }]);
  });
  it('takes its question back once it has its outcome, and closes only then', () => {
    const { state, view, history } = request
      .given(sentHistory())
      .when(ask(registrant, 'WithdrawRequest'))
      .then([{ type: 'TaskCancelled' }, { type: 'RequestWithdrawn' }]);
    expect(view.closed).toBe(false);
    expect(registrationEffects(state)).toEqual([
      { key: `withdraw-body.${verification}`, kind: 'withdrawVerification', input: { verification } },
    ]);
    const end = ask(system, 'RecordBodyAnswer', { verification, outcome: 'WITHDRAWN', answers: [] });
    expect(
      request
        .given(history)
        .when(end)
        .then([{ type: 'BodyAnswered' }]).view.closed,
    ).toBe(true);
  });
  it('opens a verification that is on its way before it takes it back', () => {
    const { state } = request
      .given(askedHistory())
      .when(ask(registrant, 'WithdrawRequest'))
      .then([{ type: 'TaskCancelled' }, { type: 'RequestWithdrawn' }]);
    expect(registrationEffects(state).map(({ kind }) => kind)).toEqual(['openVerification']);
  });
});
