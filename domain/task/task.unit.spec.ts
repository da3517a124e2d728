import { describe, expect, it } from 'vitest';
import type { Actor } from '../../schemas/actor.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import { ask } from '../testing/commands.ts';
import { colleague, people } from '../testing/people.ts';
import { decree } from '../testing/policy.spec.ts';
import { confirmation, END_OF_15_DAYS, findings, requests } from '../testing/requests.ts';

const {
  verifier,
  verifier2,
  verifierElsewhere,
  head,
  headElsewhere,
  headOfPc06,
  director,
  registrant,
  system,
} = people;
const request = requests(decree);
const taskId = 'verify-1';
const claim = (actor: Actor, taskVersion?: number) =>
  ask(actor, 'ClaimTask', { taskId, ...(taskVersion === undefined ? {} : { taskVersion }) });
const delegate = (actor: Actor, to: Actor) =>
  ask(actor, 'DelegateTask', { taskId, to: colleague(to), note: 'đi công tác' });
const reassign = (actor: Actor, to: Actor, taskVersion?: number) =>
  ask(actor, 'ReassignTask', {
    taskId,
    to: colleague(to),
    ...(taskVersion === undefined ? {} : { taskVersion }),
  });
const escalate = (actor: Actor) => ask(actor, 'EscalateTask', { taskId });
const release = (actor: Actor) => ask(actor, 'ReleaseTask', { taskId });
const held = (by: Actor = verifier) =>
  request.given(request.played([{ command: claim(by) }], request.local().history));
const task = (state: RegistrationState, id = taskId) => state.tasks.find((t) => t.id === id);

describe('an opened task', () => {
  it('lies with its unit, for its role, until its case is due', () => {
    const { state } = request.local();
    expect(task(state)).toEqual({
      id: taskId,
      kind: 'VERIFY',
      role: 'VERIFICATION_OFFICER',
      units: ['CAX-LAM-SON'],
      unitPath: ['CAX-LAM-SON', 'PC06-HUNG-YEN', 'C06'],
      status: 'OPEN',
      openedAt: '2025-03-03T02:00:00.000Z',
      dueAt: END_OF_15_DAYS,
      overdue: false,
      responsible: [],
      version: 1,
      climbs: [
        { rule: 'near-the-limit', cause: 'DUE_SOON', at: expect.any(String) },
        { rule: 'long-past-the-limit', cause: 'OVERDUE', at: expect.any(String) },
      ],
    });
  });
});

describe('claiming', () => {
  it('gives the task one holder', () => {
    const { state, view } = request
      .local()
      .when(claim(verifier))
      .then([{ type: 'TaskClaimed', data: { holder: { id: verifier.id, unit: 'CAX-LAM-SON' } } }]);
    expect(task(state)).toMatchObject({ status: 'CLAIMED', holder: { id: verifier.id }, version: 2 });
    expect(view.waits).toMatchObject([{ kind: 'TASK', owner: verifier.name }]);
  });
  it('of a held task is refused, and tells who holds it', () => {
    const refused = held().when(claim(verifier2));
    refused.thenRefused('EID_ERR_TASK_HELD', { taskId, holderUnit: 'CAX-LAM-SON', holder: verifier.name });
  });
  it('again by the holder changes nothing', () => {
    held().when(claim(verifier)).thenNothing();
    held().when(claim(verifier, 1)).thenNothing();
  });
  it('at an older version of the task is refused', () => {
    request
      .local()
      .when(claim(verifier, 1))
      .then([{ type: 'TaskClaimed' }]);
    const released = request.played([{ command: release(verifier) }], held().history);
    request.given(released).when(claim(verifier2, 1)).thenRefused('EID_ERR_TASK_CHANGED', { version: 3 });
    request
      .given(released)
      .when(claim(verifier2, 3))
      .then([{ type: 'TaskClaimed' }]);
  });
  it('needs the role and the unit', () => {
    for (const actor of [verifierElsewhere, head, headOfPc06, director, registrant, system])
      request.local().when(claim(actor)).thenRefused('EID_ERR_FORBIDDEN', { role: 'VERIFICATION_OFFICER' });
  });
  it('needs a task that is there and open', () => {
    request
      .local()
      .when(ask(verifier, 'ClaimTask', { taskId: 'verify-7' }))
      .thenRefused('EID_ERR_TASK_UNKNOWN', { taskId: 'verify-7' });
    request.withFindings().when(claim(verifier)).thenRefused('EID_ERR_TASK_CLOSED', { status: 'COMPLETED' });
    request
      .given(request.played([{ command: ask(registrant, 'WithdrawRequest') }], request.local().history))
      .when(claim(verifier))
      .thenRefused('EID_ERR_TASK_CLOSED', { status: 'CANCELLED' });
    request.fresh().when(claim(verifier)).thenRefused('EID_ERR_CASE_UNKNOWN');
  });
});

describe('releasing', () => {
  it('puts the task back, by its holder or the head of the unit or of one above', () => {
    for (const actor of [verifier, head, headOfPc06]) {
      const { state } = held()
        .when(release(actor))
        .then([{ type: 'TaskReleased' }]);
      expect(task(state)).toMatchObject({ status: 'OPEN', responsible: [] });
      expect(task(state)?.holder).toBeUndefined();
    }
  });
  it('is for nobody else, and only of what is held', () => {
    for (const actor of [verifier2, headElsewhere])
      held().when(release(actor)).thenRefused('EID_ERR_FORBIDDEN');
    request.local().when(release(verifier)).thenRefused('EID_ERR_TASK_NOT_HELD');
  });
});

describe('reassigning', () => {
  it('is done by the head of the unit or of one above, from one to another', () => {
    const { state } = held()
      .when(reassign(head, verifier2))
      .then([{ type: 'TaskReassigned', data: { from: { id: verifier.id }, to: { id: verifier2.id } } }]);
    expect(task(state)).toMatchObject({ holder: { id: verifier2.id }, status: 'CLAIMED' });
    held()
      .when(reassign(headOfPc06, verifier2))
      .then([{ type: 'TaskReassigned' }]);
    request
      .local()
      .when(reassign(head, verifier))
      .then([{ type: 'TaskReassigned', data: { from: undefined, to: { id: verifier.id } } }]);
  });
  it('is not for officers, nor for heads elsewhere', () => {
    for (const actor of [verifier, verifier2, headElsewhere])
      held().when(reassign(actor, verifier2)).thenRefused('EID_ERR_FORBIDDEN');
  });
  it('goes to somebody who may do it', () => {
    for (const to of [verifierElsewhere, head])
      held().when(reassign(head, to)).thenRefused('EID_ERR_FORBIDDEN');
  });
  it('at an older version of the task is refused', () => {
    held()
      .when(reassign(head, verifier2, 1))
      .thenRefused('EID_ERR_TASK_CHANGED', { version: 2 });
    held()
      .when(reassign(head, verifier2, 2))
      .then([{ type: 'TaskReassigned' }]);
  });
});

describe('delegating', () => {
  it('is done by the holder, who goes on to answer for it', () => {
    const { state } = held()
      .when(delegate(verifier, verifier2))
      .then([
        {
          type: 'TaskDelegated',
          data: { from: { id: verifier.id }, to: { id: verifier2.id }, note: 'đi công tác' },
        },
      ]);
    expect(task(state)).toMatchObject({
      holder: { id: verifier2.id },
      responsible: [verifier.id, verifier2.id],
    });
  });
  it('is for the holder alone, to another who may do it', () => {
    held().when(delegate(verifier2, verifier)).thenRefused('EID_ERR_TASK_NOT_HELD');
    held().when(delegate(head, verifier2)).thenRefused('EID_ERR_TASK_NOT_HELD');
    request.local().when(delegate(verifier, verifier2)).thenRefused('EID_ERR_TASK_NOT_HELD');
    held().when(delegate(verifier, verifier)).thenRefused('EID_ERR_OUT_OF_PLACE');
    held().when(delegate(verifier, verifierElsewhere)).thenRefused('EID_ERR_FORBIDDEN');
  });
});

describe('escalating', () => {
  it('shows the task to the next unit up, and its head may take it', () => {
    const { state, history } = held()
      .when(escalate(verifier))
      .then([{ type: 'TaskEscalated', data: { toUnit: 'PC06-HUNG-YEN', cause: 'PERSON' } }]);
    expect(task(state)).toMatchObject({ status: 'OPEN', units: ['CAX-LAM-SON', 'PC06-HUNG-YEN'] });
    expect(task(state)?.holder).toBeUndefined();
    request
      .given(history)
      .when(claim(headOfPc06))
      .then([{ type: 'TaskClaimed' }]);
    request
      .given(history)
      .when(claim(verifier2))
      .then([{ type: 'TaskClaimed' }]);
    request.given(history).when(claim(head)).thenRefused('EID_ERR_FORBIDDEN');
  });
  it('goes up unit by unit, and ends at the top', () => {
    const twice = request.played(
      [escalate(head), escalate(head)].map((command) => ({ command })),
      request.local().history,
    );
    expect(task(request.given(twice).state)?.units).toEqual(['CAX-LAM-SON', 'PC06-HUNG-YEN', 'C06']);
    request.given(twice).when(escalate(head)).thenRefused('EID_ERR_OUT_OF_PLACE', { why: 'no unit above' });
    request
      .given(twice)
      .when(claim(director))
      .then([{ type: 'TaskClaimed' }]);
  });
  it('is for the holder and the heads above', () => {
    held().when(escalate(verifier2)).thenRefused('EID_ERR_FORBIDDEN');
    request.local().when(escalate(verifier)).thenRefused('EID_ERR_FORBIDDEN');
    request
      .local()
      .when(escalate(headOfPc06))
      .then([{ type: 'TaskEscalated' }]);
  });
});

describe('completing', () => {
  it('an unclaimed task claims it in the same step', () => {
    const { state } = request
      .local()
      .when(findings('PASS'))
      .then([
        { type: 'TaskClaimed', data: { holder: { id: verifier.id } } },
        { type: 'TaskCompleted', data: { by: { id: verifier.id } } },
        { type: 'FindingsRecorded' },
        { type: 'TaskOpened' },
      ]);
    expect(task(state)).toMatchObject({ status: 'COMPLETED', responsible: [verifier.id], version: 3 });
  });
  it('a claimed one does not claim it again', () => {
    held()
      .when(findings('PASS'))
      .then([{ type: 'TaskCompleted' }, { type: 'FindingsRecorded' }, { type: 'TaskOpened' }]);
  });
  it('is refused while another holds it', () => {
    held(verifier2).when(findings('PASS')).thenRefused('EID_ERR_TASK_HELD', { holderUnit: 'CAX-LAM-SON' });
  });
  it('is refused for a task of another kind or none', () => {
    request.local().when(confirmation('verify-1')).thenRefused('EID_ERR_OUT_OF_PLACE', { kind: 'VERIFY' });
    request.local().when(findings('PASS', 'verify-9')).thenRefused('EID_ERR_TASK_UNKNOWN');
  });
});

describe('a task past its time', () => {
  const mark = (actor: Actor = system, id = taskId) => ask(actor, 'MarkTaskOverdue', { taskId: id });
  it('is marked once, at its time, and decides nothing', () => {
    request.local().when(mark(), '2025-03-18T16:59:59.999Z').thenNothing();
    const { state, history } = request
      .local()
      .when(mark(), END_OF_15_DAYS)
      .then([{ type: 'TaskOverdue', data: { dueAt: END_OF_15_DAYS } }]);
    expect(state.status).toBe('LOCAL_VERIFICATION');
    expect(task(state)).toMatchObject({ overdue: true, status: 'OPEN' });
    request.given(history).when(mark(), END_OF_15_DAYS).thenNothing();
    request.local().when(mark(system, 'verify-9'), END_OF_15_DAYS).thenNothing();
  });
  it('is for the system to mark', () => {
    request
      .local()
      .when(mark(verifier), END_OF_15_DAYS)
      .thenRefused('EID_ERR_FORBIDDEN', { command: 'MarkTaskOverdue' });
  });
  it('without a case changes nothing', () => {
    request.fresh().when(mark(), END_OF_15_DAYS).thenNothing();
  });
});
