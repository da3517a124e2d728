import type { RegistrationEvent, RegistrationState } from '../../schemas/registration.ts';
import { deciding, mustBeSystem } from '../deciding.ts';
import { recordOutcome, resolveNotice } from '../notice/decide.ts';
import { decideTask, overdueEvents } from '../task/decide.ts';
import { isOpen } from '../task/find.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { c06Place } from '../task/place.ts';
import { toMs } from '../time.ts';
import { askBody, recordBodyAnswer, recordBodyAsked } from './bodies.ts';
import { endWaitEarly, fallSilent, takeAnswer } from './checks.ts';
import { wantedNotices } from './effects.ts';
import { evolveRegistration } from './evolve.ts';
import { consent, draft, resubmit, revise, submit, withdraw } from './filing.ts';
import {
  confirmFindings,
  decideRequest,
  propose,
  reception,
  recordFindings,
  resolveMismatch,
  resolveSilence,
} from './officers.ts';
import {
  type Command,
  type CommandNamed,
  type Decision,
  isUndecided,
  outOfPlace,
  type Rules,
} from './state.ts';

/**
 * Decides a command on a request for an account under the pinned policy. Commands of the system decide to nothing when
 * out of place; others throw.
 * @throws DomainError with the code of the rule that refuses
 */
export function decideRegistration(
  command: Command,
  state: RegistrationState,
  now: number,
  rules: Rules,
): readonly RegistrationEvent[] {
  const d: Decision = deciding(state, evolveRegistration, command.actor, now);
  apply(d, command, rules);
  return d.events;
}

function apply(d: Decision, command: Command, rules: Rules): void {
  switch (command.type) {
    case 'DraftDossier':
      return draft(d, command, rules);
    case 'FileRequest':
      draft(d, command, rules);
      return submit(d, rules);
    case 'ReviseDraft':
      return revise(d, command, rules);
    case 'SubmitRequest':
      return submit(d, rules);
    case 'GiveConsent':
    case 'RefuseConsent':
    case 'WithdrawConsent':
      return consent(d, command, rules);
    case 'AcceptDossier':
    case 'ReturnDossier':
    case 'RefuseDossier':
      return reception(d, command, rules);
    case 'ResubmitRequest':
      return resubmit(d, command, rules);
    case 'WithdrawRequest':
      return withdraw(d, command);
    case 'EndWaitEarly':
      return endWaitEarly(d, command, rules);
    case 'ResolveSilence':
      return resolveSilence(d, command, rules);
    case 'ResolveMismatch':
      return resolveMismatch(d, command, rules);
    case 'RecordFindings':
      return recordFindings(d, command, rules);
    case 'ConfirmFindings':
      return confirmFindings(d, command, rules);
    case 'ProposeIssuance':
      return propose(d, command, rules);
    case 'DecideRequest':
      return decideRequest(d, command, rules);
    case 'AskBody':
      return askBody(d, command, rules);
    case 'ResolveNotice':
      return d.add(...resolveNotice(command, d.state.notices, d.state.tasks, rules, d.now));
    case 'ClaimTask':
    case 'ReleaseTask':
    case 'ReassignTask':
    case 'DelegateTask':
    case 'EscalateTask':
      if (d.state.status === 'NONE') throw outOfPlace(d.state);
      return d.add(...decideTask(command, d.state.tasks, rules, d.now));
    case 'MarkTaskOverdue':
    case 'EscalateDueTask':
      return d.add(...decideTask(command, d.state.tasks, rules, d.now));
    default:
      mustBeSystem(command);
      return applySystem(d, command, rules);
  }
}

type SystemCommand = CommandNamed<
  | 'RecordRegistryAnswer'
  | 'RecordRegistrySilence'
  | 'RecordAccountOpened'
  | 'RecordBodyAsked'
  | 'RecordBodyAnswer'
  | 'RecordNoticeOutcome'
  | 'MarkOverdue'
  | 'EndWait'
>;

function applySystem(d: Decision, command: SystemCommand, rules: Rules): void {
  const { state } = d;
  switch (command.type) {
    case 'RecordRegistryAnswer':
      return takeAnswer(d, command, rules);
    case 'RecordRegistrySilence': {
      const { queryId, attempts, detail } = command.data;
      const check = state.checks.find((c) => c.queryId === queryId && c.status === 'ASKED');
      return check && state.status === 'DB_CHECK'
        ? fallSilent(d, rules, check, { attempts, detail })
        : undefined;
    }
    case 'EndWait': {
      const waits = (c: (typeof state.checks)[number]) =>
        c.status === 'WAITING' && c.queryId === command.data.queryId;
      const check = state.checks.find(waits);
      const over = check?.waitUntil !== undefined && d.now >= toMs(check.waitUntil);
      return over && state.status === 'DB_CHECK'
        ? fallSilent(d, rules, check, { attempts: 0, detail: 'WAIT_ENDED' })
        : undefined;
    }
    case 'RecordNoticeOutcome': {
      const place = c06Place(rules);
      const { stream, tasks } = state;
      return d.add(...recordOutcome(command, stream, wantedNotices(state), tasks, place, rules, d.now));
    }
    case 'RecordBodyAsked':
      return recordBodyAsked(d, command);
    case 'RecordBodyAnswer':
      return recordBodyAnswer(d, command);
    case 'RecordAccountOpened':
      if (state.status !== 'ISSUED' || state.account !== command.data.account) return;
      d.add(...cancelOpenTasks(state.tasks, 'REQUEST_COMPLETED'));
      return d.add({ type: 'AccountOpened', data: { account: command.data.account } });
    case 'MarkOverdue':
      return markOverdue(d);
  }
}

/** A limit that passes decides nothing: it marks the request and its open work; what the policy lets climb at that moment climbs with it. */
function markOverdue(d: Decision): void {
  const { running, overdue } = d.state;
  if (!running || overdue || !isUndecided(d.state) || d.now < toMs(running.dueAt)) return;
  d.add({ type: 'RequestOverdue', data: { limit: running.kind, dueAt: running.dueAt } });
  for (const task of d.state.tasks.filter((t) => isOpen(t) && !t.overdue)) {
    d.add(...overdueEvents(task, running.dueAt));
  }
}
