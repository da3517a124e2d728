import { DomainError } from '../error.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { toMs } from '../time.ts';
import { askRegistries } from './checks.ts';
import { missingConsents } from './consents.ts';
import { assess, mustBeFileable } from './eligibility.ts';
import {
  type CommandNamed,
  type Decision,
  filed,
  isUndecided,
  mustBe,
  outOfPlace,
  type Rules,
} from './state.ts';
import { open, refuse, returnForSupplement, runningLimit, withNote } from './steps.ts';

type Filing = CommandNamed<'DraftDossier'> | CommandNamed<'FileRequest'>;

/** Files a form: a registrant for oneself on VNeID, a reception officer on paper for whoever stands at the desk. */
export function draft(d: Decision, command: Filing, rules: Rules): void {
  const { channel, dossier, jurisdiction, registrantId } = command.data;
  if (d.state.status !== 'NONE') throw new DomainError('EID_ERR_CASE_EXISTS', { stream: d.state.stream });
  const { actor } = d;
  const allowed =
    channel === 'IN_PERSON_TK02'
      ? actor.roles.includes('RECEPTION_OFFICER') && actor.unit === jurisdiction.reception.unit
      : actor.roles.includes('REGISTRANT') && actor.id === registrantId;
  if (!allowed) throw new DomainError('EID_ERR_FORBIDDEN', { channel });
  mustBeFileable(channel, dossier, jurisdiction, rules);
  const data = { policyVersion: rules.version, channel, registrantId, dossier, jurisdiction };
  d.add({ type: 'DossierDrafted', data });
}

/** Only the registrant, or the reception unit at the registrant's wish, moves a dossier on the registrant's side. */
function mustBeRegistrant(d: Decision): void {
  const { registrantId, jurisdiction } = filed(d.state);
  const desk = d.actor.roles.includes('RECEPTION_OFFICER') && d.actor.unit === jurisdiction.reception.unit;
  if (d.actor.id !== registrantId && !desk)
    throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'registrant' });
}

export function revise(d: Decision, command: CommandNamed<'ReviseDraft'>, rules: Rules): void {
  mustBe(d.state, 'DRAFT');
  mustBeRegistrant(d);
  const { dossier, jurisdiction } = command.data;
  mustBeFileable(filed(d.state).channel, dossier, jurisdiction, rules);
  d.add({ type: 'DraftRevised', data: { dossier, jurisdiction } });
}

/** Submits a draft; where other legal representatives must agree first (Art 12), they are asked. */
export function submit(d: Decision, rules: Rules): void {
  mustBe(d.state, 'DRAFT');
  mustBeRegistrant(d);
  if (!askConsents(d, rules)) enter(d, rules);
}

/** Asks the representatives whose agreement is still needed; false when there are none. */
function askConsents(d: Decision, rules: Rules): boolean {
  const representatives = missingConsents(d.state, rules).map((r) => r.id);
  if (representatives.length > 0) d.add({ type: 'ConsentAsked', data: { representatives } });
  return representatives.length > 0;
}

/** The request enters: received by the system or by an officer, as the policy says for its channel. */
function enter(d: Decision, rules: Rules): void {
  d.add({ type: 'RequestSubmitted', data: {} });
  receive(d, rules);
}

function receive(d: Decision, rules: Rules): void {
  const { channel, dossier } = filed(d.state);
  const armed = dossier.organisation.facets.includes('ARMED_FORCES') && rules.armedForcesReception === 'PC06';
  if (rules.acceptance[channel] === 'OFFICER' || armed) return open(d, rules, 'RECEIVE');
  const { missing, ineligible } = assess(dossier, rules);
  if (ineligible.length > 0) refuse(d, rules, 'RECEPTION', ineligible);
  else if (missing.length > 0) returnForSupplement(d, rules, ['INCOMPLETE_DOSSIER'], missing);
  else accept(d, rules);
}

/** The complete and valid dossier is received: the clock starts (Art 13). */
export function accept(d: Decision, rules: Rules): void {
  const { missing, ineligible } = assess(filed(d.state).dossier, rules);
  if (missing.length > 0 || ineligible.length > 0) {
    throw new DomainError('EID_ERR_DOSSIER_NOT_VALID', { missing, ineligible });
  }
  const { firstAcceptedAt } = d.state;
  const goesOn = rules.clockOnSupplement === 'CONTINUE' && firstAcceptedAt !== undefined;
  const startedAt = goesOn ? toMs(firstAcceptedAt) : d.now;
  d.add({ type: 'RequestAccepted', data: { running: runningLimit('IN_DATABASES', startedAt, rules) } });
  askRegistries(d, rules);
}

export function resubmit(d: Decision, command: CommandNamed<'ResubmitRequest'>, rules: Rules): void {
  mustBe(d.state, 'RETURNED');
  mustBeRegistrant(d);
  const { dossier, jurisdiction } = command.data;
  mustBeFileable(filed(d.state).channel, dossier, jurisdiction, rules);
  d.add({ type: 'RequestResubmitted', data: { dossier, jurisdiction } });
  if (!askConsents(d, rules)) receive(d, rules);
}

export function withdraw(d: Decision, command: CommandNamed<'WithdrawRequest'>): void {
  if (!isUndecided(d.state)) throw outOfPlace(d.state);
  mustBeRegistrant(d);
  d.add(...cancelOpenTasks(d.state.tasks, 'REQUEST_WITHDRAWN'));
  d.add({ type: 'RequestWithdrawn', data: withNote(command.data.note) });
}

type ConsentCommand = CommandNamed<'GiveConsent' | 'RefuseConsent' | 'WithdrawConsent'>;

/** Each other legal representative agrees, refuses, or takes the agreement back, by name (Art 12). */
export function consent(d: Decision, command: ConsentCommand, rules: Rules): void {
  const own = d.state.consents.find((c) => c.representative === d.actor.id);
  if (d.state.status === 'NONE') throw outOfPlace(d.state);
  if (!own || !d.actor.roles.includes('REPRESENTATIVE')) {
    throw new DomainError('EID_ERR_FORBIDDEN', {
      needed: 'another legal representative of the organisation',
    });
  }
  const data = { representative: own.representative, ...withNote(command.data.note) };
  if (command.type === 'WithdrawConsent') return takeBack(d, own.status, data, rules);
  mustBe(d.state, 'AWAITING_CONSENT');
  if (own.status !== 'ASKED') throw new DomainError('EID_ERR_OUT_OF_PLACE', { consent: own.status });
  if (command.type === 'RefuseConsent') {
    d.add({ type: 'ConsentRefused', data });
    return stop(d, rules, rules.consentRefused);
  }
  d.add({ type: 'ConsentGiven', data });
  if (missingConsents(d.state, rules).length === 0) enter(d, rules);
}

function takeBack(
  d: Decision,
  status: string,
  data: { readonly representative: string; readonly note?: string },
  rules: Rules,
): void {
  if (!isUndecided(d.state)) throw outOfPlace(d.state);
  if (status !== 'GIVEN') throw new DomainError('EID_ERR_OUT_OF_PLACE', { consent: status });
  d.add({ type: 'ConsentWithdrawn', data });
  if (d.state.status !== 'DRAFT') stop(d, rules, rules.consentWithdrawn);
}

/** Without the agreement of all, the request ends or goes back to its draft, as the policy says. */
function stop(d: Decision, rules: Rules, policy: 'BLOCK' | 'END'): void {
  if (policy === 'END') return refuse(d, rules, 'CONSENT', ['OTHER_REP_CONSENT_REFUSED']);
  d.add(...cancelOpenTasks(d.state.tasks, 'CONSENT_MISSING'));
  d.add({ type: 'RequestBlocked', data: { reasons: ['OTHER_REP_CONSENT_REFUSED'] } });
}
