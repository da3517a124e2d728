import { describe, expect, it } from 'vitest';
import type { Actor } from '../../schemas/actor.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { RegistrationCommand } from '../../schemas/registration.ts';
import { ask } from '../testing/commands.ts';
import { colleague, people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { approval, confirmation, findings, proposal, requests } from '../testing/requests.ts';
import { opposedKinds } from './access.ts';

const {
  verifier,
  verifyingHead: both,
  head,
  headOfPc06,
  proposingDirector: two,
  director,
  proposer,
  proposer2,
} = people;
const request = requests(decree);
type Command = CommandOf<RegistrationCommand>;
const following = (...commands: Command[]) =>
  request.given(
    request.played(
      commands.map((command) => ({ command })),
      request.local().history,
    ),
  );
const claim = (actor: Actor, taskId: string) => ask(actor, 'ClaimTask', { taskId });
const hand = (type: 'DelegateTask' | 'ReassignTask', actor: Actor, taskId: string, to: Actor) =>
  ask(actor, type, { taskId, to: colleague(to) });
const confirm = (actor: Actor) => ({ ...confirmation(), actor });
const refused = 'EID_ERR_FOUR_EYES';
const about = { taskId: 'confirm-1', otherStep: 'VERIFY' };

describe('whoever verified does not confirm', () => {
  const verified = () => following(findings('PASS', 'verify-1', both));
  it('directly', () => verified().when(confirm(both)).thenRefused(refused, about));
  it('by a claim', () => verified().when(claim(both, 'confirm-1')).thenRefused(refused, about));
  it('by being given the task', () =>
    verified()
      .when(hand('ReassignTask', head, 'confirm-1', both))
      .thenRefused(refused, about));
  it('by a delegation', () => {
    following(findings('PASS', 'verify-1', both), claim(head, 'confirm-1'))
      .when(hand('DelegateTask', head, 'confirm-1', both))
      .thenRefused(refused, about);
  });
  it('after an escalation', () => {
    const escalated = following(
      ask(head, 'EscalateTask', { taskId: 'verify-1' }),
      findings('PASS', 'verify-1', headOfPc06),
      ask(head, 'EscalateTask', { taskId: 'confirm-1' }),
    );
    escalated.when(confirm(headOfPc06)).thenRefused(refused, about);
    escalated
      .when(confirm(head))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'FindingsConfirmed' },
        { type: 'TaskOpened' },
      ]);
  });
  it('while a colleague may', () => {
    verified()
      .when(confirm(head))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'FindingsConfirmed' },
        { type: 'TaskOpened' },
      ]);
  });
});

describe('whoever had the verification in hand does not confirm what another made of it', () => {
  it('after delegating it', () => {
    following(claim(both, 'verify-1'), hand('DelegateTask', both, 'verify-1', verifier), findings('PASS'))
      .when(confirm(both))
      .thenRefused(refused, about);
  });
  it('after reassigning it from oneself, which is delegating by another name', () => {
    following(claim(both, 'verify-1'), hand('ReassignTask', both, 'verify-1', verifier), findings('PASS'))
      .when(confirm(both))
      .thenRefused(refused, about);
  });
  it('after handing it up', () => {
    following(
      claim(both, 'verify-1'),
      ask(both, 'EscalateTask', { taskId: 'verify-1' }),
      findings('PASS', 'verify-1', headOfPc06),
    )
      .when(confirm(both))
      .thenRefused(refused, about);
  });
  it('but a head who only gave it out, or put it back untouched, may', () => {
    const events = [
      { type: 'TaskClaimed' as const },
      { type: 'TaskCompleted' as const },
      { type: 'FindingsConfirmed' as const },
      { type: 'TaskOpened' as const },
    ];
    following(hand('ReassignTask', both, 'verify-1', verifier), findings('PASS'))
      .when(confirm(both))
      .then(events);
    following(claim(both, 'verify-1'), ask(both, 'ReleaseTask', { taskId: 'verify-1' }), findings('PASS'))
      .when(confirm(both))
      .then(events);
  });
});

describe('whoever confirmed does not verify when it is done again', () => {
  it('since the two steps are opposed both ways', () => {
    const back = following(
      findings('PASS'),
      ask(both, 'ConfirmFindings', { taskId: 'confirm-1', confirmed: false }),
    );
    back
      .when(findings('PASS', 'verify-2', both))
      .thenRefused(refused, { taskId: 'verify-2', otherStep: 'CONFIRM' });
    back
      .when(findings('PASS', 'verify-2'))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'FindingsRecorded' },
        { type: 'TaskOpened' },
      ]);
  });
});

describe('whoever proposed does not decide', () => {
  const decide = (actor: Actor) => ({ ...approval(), actor });
  const proposed = (by: Actor, ...between: Command[]) =>
    request.given(
      request.played(
        [...between, { ...proposal(), actor: by }].map((command) => ({ command })),
        request.toPropose().history,
      ),
    );
  it('directly or by a claim', () => {
    proposed(two).when(decide(two)).thenRefused(refused, { taskId: 'decide-1', otherStep: 'PROPOSE' });
    proposed(two).when(claim(two, 'decide-1')).thenRefused(refused);
  });
  it('after delegating the proposal', () => {
    const between = [claim(two, 'propose-1'), hand('DelegateTask', two, 'propose-1', proposer)];
    proposed(proposer, ...between)
      .when(decide(two))
      .thenRefused(refused);
  });
  it('by being delegated or reassigned the decision', () => {
    const held = request.played([{ command: claim(director, 'decide-1') }], proposed(two).history);
    request
      .given(held)
      .when(hand('DelegateTask', director, 'decide-1', two))
      .thenRefused(refused);
    proposed(two)
      .when(hand('ReassignTask', director, 'decide-1', two))
      .thenRefused(refused);
  });
  it('while another Director may', () => {
    proposed(two)
      .when(decide(director))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'RequestApproved' },
        { type: 'NumberAllocated' },
        { type: 'AccountIssued' },
      ]);
  });
});

describe('whoever verified does not decide', () => {
  it('when the verification went up to C06 and its Director did it', () => {
    const up = ask(head, 'EscalateTask', { taskId: 'verify-1' });
    const verifiedAtC06 = following(
      up,
      up,
      findings('PASS', 'verify-1', director),
      confirmation(),
      proposal(),
    );
    verifiedAtC06.when(approval()).thenRefused(refused, { taskId: 'decide-1', otherStep: 'VERIFY' });
    verifiedAtC06
      .when({ ...approval(), actor: two })
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'RequestApproved' },
        { type: 'NumberAllocated' },
        { type: 'AccountIssued' },
      ]);
  });
});

describe('the pairs', () => {
  it('are the policy’s: without them one person may do both', () => {
    const free = requests(decreeWith({ fourEyes: [] }));
    const verified = free.played([{ command: findings('PASS', 'verify-1', both) }], free.local().history);
    free
      .given(verified)
      .when(confirm(both))
      .then([
        { type: 'TaskClaimed' },
        { type: 'TaskCompleted' },
        { type: 'FindingsConfirmed' },
        { type: 'TaskOpened' },
      ]);
  });
  it('oppose a step to every other that it is paired with, in either order', () => {
    expect(opposedKinds('VERIFY', decree)).toEqual(['CONFIRM', 'DECIDE']);
    expect(opposedKinds('DECIDE', decree)).toEqual(['PROPOSE', 'VERIFY']);
    expect(opposedKinds('RECEIVE', decree)).toEqual([]);
  });
  it('let one person take the same step twice', () => {
    const back = request.played(
      [
        {
          command: ask(director, 'DecideRequest', {
            taskId: 'decide-1',
            decision: 'SEND_BACK',
            reasons: ['ADDRESS_MISMATCH'],
          }),
        },
      ],
      request.toDecideAfterLocal().history,
    );
    const again = [
      findings('PASS', 'verify-2'),
      confirmation('confirm-2'),
      { ...proposal('propose-2'), actor: proposer2 },
      approval('decide-2'),
    ];
    expect(
      request.given(
        request.played(
          again.map((command) => ({ command })),
          back,
        ),
      ).state.status,
    ).toBe('ISSUED');
  });
});
