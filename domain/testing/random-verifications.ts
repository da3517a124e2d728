import type { Actor } from '../../schemas/actor.ts';
import type { BodyAnswer } from '../../schemas/body.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type {
  VerificationCommand,
  VerificationEvent,
  VerificationState,
} from '../../schemas/verification.ts';
import { systemActor } from '../deciding.ts';
import { isOpen } from '../task/find.ts';
import { unanswered } from '../verification/answers.ts';
import { verificationDeadline } from '../verification/effects.ts';
import { askVerification } from './commands.ts';
import { c06, jurisdiction, people } from './people.ts';
import type { Choices } from './random.ts';
import { staff, taskCommand } from './random-tasks.ts';
import type { Move, Walk } from './simulate.ts';
import { askingOf } from './verifications.ts';

type Command = CommandOf<VerificationCommand>;
type VerificationWalk = Walk<VerificationState, VerificationEvent>;

const DAY = 86_400_000;
const { financeOfficer, financeOfficer2, taxOfficer, verifier, verifier2, head, headOfPc06, proposer } =
  people;
const answerers: readonly [Actor, ...Actor[]] = [financeOfficer, financeOfficer, financeOfficer2];
const askers: readonly [Actor, ...Actor[]] = [verifier, verifier2, head, proposer];
const strangers: readonly [Actor, ...Actor[]] = [taxOfficer, people.registrant, people.authority, headOfPc06];
const wrong = (c: Choices): Actor => (c.once(2) ? c.one(strangers) : (c.one(staff) ?? verifier));

function open(c: Choices): Command {
  const actor = c.once(6) ? wrong(c) : c.once(3) ? systemActor : c.one(askers);
  const ofC06 = actor.unit === c06[0];
  const asker = ofC06 ? { unit: 'C06', name: 'C06', path: [...c06] } : jurisdiction.verification;
  const request = c.once(2) ? { request: 'registration-1' } : {};
  const more = c.once(6) ? { questions: [{ id: 'a', kind: 'OTHER' as const }] } : {};
  return askVerification(actor, 'OpenVerification', askingOf({ asker, ...request, ...more }));
}

function answers(c: Choices, { asked, answers: given }: VerificationState): BodyAnswer[] {
  const waiting = unanswered(asked?.questions ?? [], given).map(
    ({ id }): BodyAnswer => ({
      question: c.once(10) ? 'unknown' : id,
      result: c.one(['MATCH', 'MISMATCH', 'NO_DATA'] as const),
    }),
  );
  return c.once(3) ? waiting.slice(0, 1) : waiting;
}

function ofBody(c: Choices, { state }: VerificationWalk): Command {
  const actor = c.once(6) ? wrong(c) : c.one(answerers);
  const task = state.tasks.find(({ kind }) => kind === 'ANSWER_VERIFICATION');
  const taskId = c.once(15) || !task ? 'answer-verification-7' : task.id;
  if (c.once(5))
    return askVerification(actor, 'RefuseVerification', { taskId, reason: 'SECRET', text: 'mật' });
  const data = { taskId, answers: answers(c, state) };
  return askVerification(actor, c.once(2) ? 'AnswerPart' : 'AnswerVerification', data);
}

function ofAsker(c: Choices, { state }: VerificationWalk): Command {
  const actor = c.once(6) ? wrong(c) : c.one([...askers, headOfPc06]);
  const task = state.tasks.find((each) => each.kind === 'CHASE_VERIFICATION' && isOpen(each));
  if (task && !c.once(5))
    return askVerification(actor ?? verifier, 'ChaseVerification', { taskId: task.id, note: 'đôn đốc' });
  return askVerification(actor ?? verifier, 'WithdrawVerification', { note: 'thôi' });
}

function ofSystem(c: Choices, { state }: VerificationWalk): Command {
  const actor = c.once(6) ? verifier : systemActor;
  const dueAt = state.dueAt ?? '2025-03-05T17:00:00.000Z';
  return c.one([
    () => askVerification(actor, 'RecordReported'),
    () => askVerification(actor, 'RemindBody', { number: state.reminded + 1 }),
    () => askVerification(actor, 'MarkVerificationOverdue', { dueAt }),
    () => askVerification(actor, 'WithdrawVerification', { note: 'hồ sơ đã có kết quả' }),
  ])();
}

/** A random move in a verification: mostly what is due next, often something else, often the next deadline at its time. */
export function randomVerificationMove(c: Choices, walk: VerificationWalk): Move<VerificationCommand> {
  const { state, now } = walk;
  const due = c.once(3) ? verificationDeadline(state) : undefined;
  if (due) {
    const command = { ...due.command, id: 'deadline', actor: systemActor } as Command;
    return { command, afterMs: Math.max(0, due.at - now) };
  }
  const afterMs = c.once(12) ? c.below(2 * DAY) : c.below(3_600_000);
  if (state.status === 'NONE') return { command: open(c), afterMs };
  const onTask = () => {
    const { actor, command } = taskCommand(c, state.tasks);
    return { ...command, id: 'task', actor: c.once(2) ? c.one(answerers) : actor } as Command;
  };
  const moves: readonly [() => Command, ...(() => Command)[]] = [
    () => ofBody(c, walk),
    () => ofBody(c, walk),
    () => ofAsker(c, walk),
    () => ofSystem(c, walk),
    onTask,
    onTask,
    () => open(c),
  ];
  return { command: c.one(moves)(), afterMs };
}
