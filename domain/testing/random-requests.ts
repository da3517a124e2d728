import type { Actor } from '../../schemas/actor.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { Dossier } from '../../schemas/dossier.ts';
import type { Channel, Reason } from '../../schemas/enums.ts';
import type {
  RegistrationCommand,
  RegistrationEvent,
  RegistrationState,
} from '../../schemas/registration.ts';
import type { RegistryAnswer } from '../../schemas/registry.ts';
import type { Task } from '../../schemas/task.ts';
import { systemActor } from '../deciding.ts';
import { registrationDeadline, registrationEffects } from '../registration/effects.ts';
import { toInstant } from '../time.ts';
import { found, notFound, STREAM, unavailable } from './answers.ts';
import { ask } from './commands.ts';
import { binh, dossier, jointDossier } from './dossiers.ts';
import { jurisdiction, people, receivedByPc06 } from './people.ts';
import type { Choices } from './random.ts';
import { someTask, staff, taskCommand, worker } from './random-tasks.ts';
import type { Move, Walk } from './simulate.ts';

type Command = CommandOf<RegistrationCommand>;
type RequestWalk = Walk<RegistrationState, RegistrationEvent>;

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const dossiers: readonly [Dossier, ...Dossier[]] = [
  dossier(),
  jointDossier(),
  jointDossier({ otherRepresentatives: [binh] }),
  dossier({ organisation: { code: undefined } }),
  dossier({ organisation: { category: 'OTHER_ORG', code: undefined, taxCode: undefined } }),
  dossier({
    organisation: { representative: { name: 'Kim', number: 'K-1', nationality: 'KR' } },
    registrant: { kind: 'AUTHORISED_PERSON', authorisation: 'GUQ-01' },
  }),
  dossier({ organisation: { facets: ['ARMED_FORCES'] } }),
  dossier({ containsStateSecret: true }),
  dossier({ registrant: { accountLevel: 1 } }),
];

const channels: readonly [Channel, ...Channel[]] = ['VNEID_APP', 'VNEID_WEB', 'IN_PERSON_TK02'];
const outsiders: readonly [Actor, ...Actor[]] = [
  people.registrant,
  people.stranger,
  people.binh,
  people.chi,
  systemActor,
];

const anybody = (c: Choices): Actor => (c.once(2) ? c.one(outsiders) : (c.one(staff) ?? people.desk));

function form(c: Choices) {
  return { dossier: c.one(dossiers), jurisdiction: c.once(4) ? receivedByPc06 : jurisdiction };
}

function file(c: Choices): Command {
  const channel = c.one(channels);
  const data = { channel, registrantId: people.registrant.id, ...form(c) };
  const right = channel === 'IN_PERSON_TK02' ? (c.one(staff) ?? people.desk) : people.registrant;
  return ask(c.once(8) ? anybody(c) : right, c.once(3) ? 'DraftDossier' : 'FileRequest', data);
}

function ofRegistrant(c: Choices, state: RegistrationState): Command {
  const actor = c.once(8) ? anybody(c) : people.registrant;
  if (state.status === 'RETURNED') return ask(actor, 'ResubmitRequest', form(c));
  if (c.once(12)) return ask(actor, 'WithdrawRequest');
  return c.once(3) ? ask(actor, 'ReviseDraft', form(c)) : ask(actor, 'SubmitRequest');
}

function ofRepresentative(c: Choices): Command {
  const actor = c.one([people.binh, people.chi, people.binh, people.chi, people.stranger]) ?? people.binh;
  if (c.once(6)) return ask(actor, 'RefuseConsent');
  return c.once(8) ? ask(actor, 'WithdrawConsent') : ask(actor, 'GiveConsent', { note: 'Tôi đồng ý' });
}

/** An answer to what is asked, mostly; now and then to an earlier round or to another case. */
function answer(c: Choices, state: RegistrationState): Command {
  const check = c.one(state.checks);
  const registry = check?.registry ?? 'TAX';
  const round = c.once(6) ? c.below(4) + 1 : (check?.round ?? 1);
  const of = state.dossier ?? dossier();
  const stream = c.once(20) ? 'registration-2' : STREAM;
  const wrong = { name_vi: 'Hợp tác xã Khác', established_on: '1990-01-01', representative_name: 'Ai Khác' };
  const answers: readonly RegistryAnswer[] = [
    found(registry, { round, of, stream }),
    found(registry, { round, of, stream }),
    found(registry, { round, of, stream }),
    found(registry, { round, of, stream, values: wrong }),
    found(registry, { round, of, stream, status: 'DISSOLVED' }),
    notFound(registry, round),
    unavailable(registry, round),
  ];
  return ask(c.once(15) ? anybody(c) : systemActor, 'RecordRegistryAnswer', {
    answer: c.one(answers) ?? notFound(registry, round),
  });
}

/** A verification was opened, or has ended. */
function ofVerification(c: Choices, { bodies = [] }: RegistrationState): Command {
  const verification = c.one(bodies)?.verification ?? 'verification-1-7';
  if (c.once(2))
    return ask(systemActor, 'RecordBodyAsked', { verification, until: '2025-03-05T17:00:00.000Z' });
  const outcome = c.one(['MATCH', 'MISMATCH', 'NO_DATA', 'REFUSED', 'WITHDRAWN'] as const);
  return ask(systemActor, 'RecordBodyAnswer', { verification, outcome, answers: [] });
}

/** The officer of a task asks another body first. */
function askBody(c: Choices, { state }: RequestWalk): Command | undefined {
  const task = someTask(c, state.tasks);
  if (!task) return undefined;
  const questions = [{ id: 'exists', kind: c.once(8) ? ('OTHER' as const) : ('EXISTENCE' as const) }];
  const data = { taskId: task.id, body: 'FINANCE' as const, place: '33', questions, reason: 'đối chiếu' };
  return ask(c.once(8) ? anybody(c) : worker(c, task), 'AskBody', data);
}

/** An officer of C06 will not wait for a registry any longer. */
const endWait = (c: Choices, { checks }: RegistrationState): Command =>
  ask(c.once(8) ? anybody(c) : people.proposer, 'EndWaitEarly', {
    queryId: c.one(checks)?.queryId ?? `${STREAM}.TAX.1`,
    note: 'cơ quan báo ngừng',
  });

function ofSystem(c: Choices, { state, now }: RequestWalk): Command {
  const queryId = c.one(state.checks)?.queryId ?? `${STREAM}.TAX.1`;
  const orders = registrationEffects(state).filter((effect) => effect.kind === 'notify');
  const orderId = c.one(orders)?.key ?? `${STREAM}.notice1.${c.below(4) + 1}`;
  const outcome = c.once(2) ? ('DELIVERED' as const) : ('FAILED' as const);
  const account = state.account ?? 'account-1';
  const commands: readonly [Command, ...Command[]] = [
    ask(systemActor, 'RecordRegistrySilence', { queryId, attempts: 6, detail: 'NO_ANSWER' }),
    ask(systemActor, 'EndWait', { queryId }),
    ask(systemActor, 'RecordNoticeOutcome', { orderId, outcome, at: toInstant(now - c.below(DAY)) }),
    ask(systemActor, 'RecordNoticeOutcome', { orderId, outcome }),
    ask(systemActor, 'RecordAccountOpened', { account }),
    ask(systemActor, 'MarkOverdue'),
    ofVerification(c, state),
    ofVerification(c, state),
  ];
  const command = c.one(commands);
  return c.once(15) ? { ...command, actor: anybody(c) } : command;
}

const someReasons = (c: Choices): Reason[] => (c.once(4) ? [] : ['FALSE_INFORMATION']);

/** The officer's command that completes a task, for one of its outcomes. */
function completion(c: Choices, task: Task, actor: Actor, now: number): Command {
  const taskId = task.id;
  const reasons = someReasons(c);
  const note = 'ghi chú';
  switch (task.kind) {
    case 'RECEIVE':
      if (c.once(8)) return ask(actor, 'RefuseDossier', { taskId, reasons });
      return c.once(4)
        ? ask(actor, 'ReturnDossier', { taskId, reasons })
        : ask(actor, 'AcceptDossier', { taskId });
    case 'RESOLVE_SILENCE': {
      const waitUntil = toInstant(now + c.below(3) * DAY);
      const action = c.one(['RETRY', 'WAIT', 'OVERRIDE', 'GO_LOCAL'] as const);
      const outcome = c.one(['MATCH', 'MISMATCH', 'NOT_FOUND'] as const);
      return ask(actor, 'ResolveSilence', { taskId, action, note, waitUntil, outcome, document: 'CV-1' });
    }
    case 'RESOLVE_MISMATCH': {
      const action = c.one(['TAKE_AS_MATCH', 'RETURN', 'GO_LOCAL', 'GO_LOCAL', 'REFUSE'] as const);
      return ask(actor, 'ResolveMismatch', { taskId, action, reasons, note });
    }
    case 'VERIFY': {
      const result = c.once(5) ? 'FAIL' : 'PASS';
      return ask(actor, 'RecordFindings', { taskId, result, findings: 'đã xác minh', reasons: [] });
    }
    case 'CONFIRM':
      return ask(actor, 'ConfirmFindings', { taskId, confirmed: !c.once(3) });
    case 'PROPOSE':
      return ask(actor, 'ProposeIssuance', { taskId, list: 'DS-01' });
    case 'DECIDE': {
      const decision = c.one(['APPROVE', 'APPROVE', 'SEND_BACK', 'REFUSE'] as const);
      return ask(actor, 'DecideRequest', { taskId, decision, reasons });
    }
    case 'DELIVER_NOTICE':
      return ask(actor, 'ResolveNotice', { taskId, action: c.once(2) ? 'RETRY' : 'HANDED_OVER', note });
    default:
      throw new Error(`a request has no task ${task.kind}`);
  }
}

function work(c: Choices, { state, now }: RequestWalk): Command {
  const task = someTask(c, state.tasks);
  return task ? completion(c, task, worker(c, task), now) : ofRegistrant(c, state);
}

function likely(c: Choices, walk: RequestWalk): Command {
  const { state } = walk;
  switch (state.status) {
    case 'NONE':
      return file(c);
    case 'DRAFT':
    case 'RETURNED':
      return ofRegistrant(c, state);
    case 'AWAITING_CONSENT':
      return ofRepresentative(c);
    case 'DB_CHECK':
      if (c.once(3)) return work(c, walk);
      return c.once(5) ? ofSystem(c, walk) : answer(c, state);
    case 'ISSUED':
      return ofSystem(c, walk);
    default:
      return work(c, walk);
  }
}

/** A random move in a request: mostly what is due next, often something else, sometimes the next deadline at its time. */
export function randomRequestMove(c: Choices, walk: RequestWalk): Move<RegistrationCommand> {
  const { state, now } = walk;
  const due = c.once(9) ? registrationDeadline(state) : undefined;
  if (due) {
    const command = { ...due.command, id: 'deadline', actor: systemActor } as Command;
    return { command, afterMs: Math.max(0, due.at - now) };
  }
  const afterMs = c.once(12) ? c.below(2 * DAY) : c.below(30 * MINUTE);
  const asking = c.once(20) ? askBody(c, walk) : undefined;
  if (asking) return { command: asking, afterMs };
  if (!c.once(3)) return { command: likely(c, walk), afterMs };
  const { actor, command } = taskCommand(c, state.tasks);
  const others = [
    () => ({ ...command, id: 'task', actor }) as Command,
    () => ({ ...command, id: 'task', actor }) as Command,
    () => ({ ...command, id: 'task', actor }) as Command,
    () => answer(c, state),
    () => ofSystem(c, walk),
    () => endWait(c, state),
    () => ofRepresentative(c),
    () => ofRegistrant(c, state),
    () => file(c),
    () => work(c, walk),
  ];
  return { command: (c.one(others) ?? (() => file(c)))(), afterMs };
}
