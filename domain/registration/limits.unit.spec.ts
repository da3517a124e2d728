import { describe, expect, it } from 'vitest';
import { found } from '../testing/answers.ts';
import { ask } from '../testing/commands.ts';
import { people } from '../testing/people.ts';
import { climbingAtTheLimit, decree, decreeWith } from '../testing/policy.spec.ts';
import {
  answerOf,
  approval,
  END_OF_3_WORKING_DAYS,
  END_OF_15_DAYS,
  findings,
  requests,
} from '../testing/requests.ts';
import { registrationDeadline } from './effects.ts';

const request = requests(decreeWith(climbingAtTheLimit));
const overdue = ask(people.system, 'MarkOverdue');
const before = '2025-03-06T16:59:59.999Z';

describe('a limit that passes', () => {
  it('is the next deadline from acceptance to decision', () => {
    const at = Date.parse(END_OF_3_WORKING_DAYS);
    expect(registrationDeadline(request.inChecks().state)).toEqual({
      at,
      command: { type: 'MarkOverdue', data: {} },
    });
    for (const stage of [
      'draft',
      'awaitingConsent',
      'atDesk',
      'returned',
      'issued',
      'completed',
      'withdrawn',
      'refused',
    ] as const) {
      expect(registrationDeadline(request[stage]().state)).toBeUndefined();
    }
  });
  it('goes before its tasks that are due at the same moment, so that nobody decides between the two', () => {
    const { state } = request.toPropose();
    const at = Date.parse(END_OF_3_WORKING_DAYS);
    expect(
      state.tasks.filter((task) => task.status === 'OPEN' && task.dueAt === state.running?.dueAt),
    ).toHaveLength(1);
    expect(registrationDeadline(state)).toEqual({ at, command: { type: 'MarkOverdue', data: {} } });
  });
  it('marks the request and shows its open work to the next unit up, and decides nothing', () => {
    const { state, view } = request
      .toPropose()
      .when(overdue, END_OF_3_WORKING_DAYS)
      .then([
        { type: 'RequestOverdue', data: { limit: 'IN_DATABASES', dueAt: END_OF_3_WORKING_DAYS } },
        { type: 'TaskOverdue', data: { taskId: 'propose-1' } },
      ]);
    expect(state).toMatchObject({ status: 'PENDING_PROPOSAL', overdue: true });
    expect(view).toMatchObject({ overdue: true, closed: false, dueAt: END_OF_3_WORKING_DAYS });
    expect(registrationDeadline(state)).toBeUndefined();
  });
  it('of fifteen days tells PC06 of the commune’s open verification', () => {
    const { state } = request
      .local()
      .when(overdue, END_OF_15_DAYS)
      .then([
        { type: 'RequestOverdue', data: { limit: 'NOT_IN_DATABASES' } },
        { type: 'TaskOverdue', data: { taskId: 'verify-1', dueAt: END_OF_15_DAYS } },
        { type: 'TaskEscalated', data: { taskId: 'verify-1', toUnit: 'PC06-HUNG-YEN', cause: 'OVERDUE' } },
      ]);
    expect(state.tasks[0]).toMatchObject({ status: 'OPEN', units: ['CAX-LAM-SON', 'PC06-HUNG-YEN'] });
  });
  it('leaves a task with whoever holds it', () => {
    const held = request.played(
      [{ command: ask(people.verifier, 'ClaimTask', { taskId: 'verify-1' }) }],
      request.local().history,
    );
    const { state } = request
      .given(held)
      .when(overdue, END_OF_15_DAYS)
      .then([{ type: 'RequestOverdue' }, { type: 'TaskOverdue' }, { type: 'TaskEscalated' }]);
    expect(state.tasks[0]).toMatchObject({ status: 'CLAIMED', holder: { id: people.verifier.id } });
  });
  it('passes at its end and not before, once, and for the system to say', () => {
    request.inChecks().when(overdue, before).thenNothing();
    const { history } = request
      .inChecks()
      .when(overdue, END_OF_3_WORKING_DAYS)
      .then([{ type: 'RequestOverdue' }]);
    request.given(history).when(overdue, END_OF_15_DAYS).thenNothing();
    request
      .inChecks()
      .when({ ...overdue, actor: people.director }, END_OF_3_WORKING_DAYS)
      .thenRefused('EID_ERR_FORBIDDEN');
  });
  it('changes nothing where no limit runs', () => {
    for (const stage of [
      'fresh',
      'draft',
      'atDesk',
      'returned',
      'issued',
      'completed',
      'withdrawn',
      'refused',
    ] as const) {
      request[stage]().when(overdue, END_OF_15_DAYS).thenNothing();
    }
  });
  it('does not keep the Director from approving', () => {
    const { history } = request
      .toDecide()
      .when(overdue, END_OF_3_WORKING_DAYS)
      .then([{ type: 'RequestOverdue' }, { type: 'TaskOverdue' }]);
    expect(
      request
        .given(history)
        .when(approval(), END_OF_15_DAYS)
        .then([
          { type: 'TaskClaimed' },
          { type: 'TaskCompleted' },
          { type: 'RequestApproved' },
          { type: 'NumberAllocated' },
          { type: 'AccountIssued' },
        ]).state.status,
    ).toBe('ISSUED');
  });
  it('counts no longer once the longer limit applies', () => {
    const late = request.played(
      [
        { command: answerOf(found('BUSINESS')) },
        { command: answerOf(found('POPULATION')) },
        { command: overdue, at: END_OF_3_WORKING_DAYS },
      ],
      request.inChecks().history,
    );
    const missing = answerOf({
      schema: 'registry-answer/1',
      id: 'a',
      queryId: 'registration-1.TAX.1',
      registry: 'TAX',
      reference: 'r',
      answeredAt: before,
      outcome: 'NOT_FOUND',
    });
    const { state, view } = request
      .given(late)
      .when(missing, '2025-03-07T02:00:00.000Z')
      .then([
        { type: 'RegistryAnswered' },
        { type: 'RouteChosen' },
        { type: 'LimitChanged', data: { running: { startedAt: '2025-03-03T02:00:00.000Z' } } },
        { type: 'TaskOpened' },
      ]);
    expect(state.overdue).toBe(false);
    expect(view.dueAt).toBe(END_OF_15_DAYS);
  });
  it('stays passed when even the longer limit is over', () => {
    const missing = request.played(
      [{ command: answerOf(found('BUSINESS')) }, { command: answerOf(found('POPULATION')) }],
      request.inChecks().history,
    );
    const { state } = request
      .given(missing)
      .when(
        answerOf({
          schema: 'registry-answer/1',
          id: 'a',
          queryId: 'registration-1.TAX.1',
          registry: 'TAX',
          reference: 'r',
          answeredAt: before,
          outcome: 'NOT_FOUND',
        }),
        END_OF_15_DAYS,
      )
      .then([
        { type: 'RegistryAnswered' },
        { type: 'RouteChosen' },
        { type: 'LimitChanged' },
        { type: 'TaskOpened' },
      ]);
    expect(state.overdue).toBe(true);
  });
  it('ends on the next working day when its last day is a day off', () => {
    const start = '2025-04-03T02:00:00.000Z';
    const { state } = request
      .draft()
      .when(ask(people.registrant, 'SubmitRequest'), start)
      .then([
        { type: 'RequestSubmitted' },
        { type: 'RequestAccepted' },
        { type: 'RegistryAsked' },
        { type: 'RegistryAsked' },
        { type: 'RegistryAsked' },
      ]);
    // 7 April 2025 is the day of the Hùng Kings.
    expect(state.running?.dueOn).toBe('2025-04-09');
  });
});

describe('a task with a limit of its own', () => {
  const limited = requests(
    decreeWith({
      ...climbingAtTheLimit,
      tasks: {
        ...decree.tasks,
        VERIFY: { ...decree.tasks.VERIFY, limit: { amount: 2, unit: 'working_days' } },
      },
    }),
  );
  const due = '2025-03-05T17:00:00.000Z';
  it('falls due before its case, and goes on to the next unit up', () => {
    const { state } = limited.local();
    expect(registrationDeadline(state)).toEqual({
      at: Date.parse(due),
      command: { type: 'MarkTaskOverdue', data: { taskId: 'verify-1' } },
    });
    const mark = ask(people.system, 'MarkTaskOverdue', { taskId: 'verify-1' });
    const { view } = limited
      .local()
      .when(mark, due)
      .then([
        { type: 'TaskOverdue', data: { dueAt: due } },
        { type: 'TaskEscalated', data: { toUnit: 'PC06-HUNG-YEN', cause: 'OVERDUE' } },
      ]);
    expect(view.overdue).toBe(false);
    expect(view.waits).toMatchObject([{ owner: 'PC06-HUNG-YEN' }]);
  });
  it('can be done by the head of the unit that was told', () => {
    const history = limited.played(
      [{ command: ask(people.system, 'MarkTaskOverdue', { taskId: 'verify-1' }), at: due }],
      limited.local().history,
    );
    limited
      .given(history)
      .when(findings('PASS', 'verify-1', people.headOfPc06))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'FindingsRecorded' },
        { type: 'TaskOpened' },
      ]);
  });
});
