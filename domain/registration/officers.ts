import type { TaskKind } from '../../schemas/task.ts';
import { DomainError } from '../error.ts';
import { completeTask } from '../task/complete.ts';
import { toMs } from '../time.ts';
import { ask, reasonsOf, routeWhenSettled } from './checks.ts';
import { missingConsents } from './consents.ts';
import { assess } from './eligibility.ts';
import { accept } from './filing.ts';
import { identityOf, NUMBER_TOKEN } from './organisation.ts';
import { type CommandNamed, type Decision, filed, mustBe, type Rules } from './state.ts';
import { goLocal, mustGiveReasons, open, refuse, returnForSupplement, withNote } from './steps.ts';

/** Completes the officer's task first: whoever may not do it changes nothing. */
function finish(d: Decision, rules: Rules, kind: TaskKind, taskId: string) {
  const { task, events } = completeTask(d.state.tasks, taskId, kind, d.actor, rules);
  d.add(...events);
  return task;
}

export function reception(
  d: Decision,
  command: CommandNamed<'AcceptDossier' | 'ReturnDossier' | 'RefuseDossier'>,
  rules: Rules,
): void {
  mustBe(d.state, 'SUBMITTED');
  finish(d, rules, 'RECEIVE', command.data.taskId);
  if (command.type === 'AcceptDossier') return accept(d, rules);
  const { reasons, note } = command.data;
  if (command.type === 'RefuseDossier') return refuse(d, rules, 'RECEPTION', reasons, note);
  const { missing } = assess(filed(d.state).dossier, rules);
  returnForSupplement(d, rules, reasons, missing, note);
}

/** A silent registry is asked again, waited for, or gone without: never read as "not found". */
export function resolveSilence(d: Decision, command: CommandNamed<'ResolveSilence'>, rules: Rules): void {
  mustBe(d.state, 'DB_CHECK');
  const { taskId, action, waitUntil, outcome, document, note } = command.data;
  const task = finish(d, rules, 'RESOLVE_SILENCE', taskId);
  const check = d.state.checks.find((c) => c.registry === task.about && c.status === 'SILENT');
  if (!check) throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId });
  const { registry, queryId } = check;
  if (action === 'RETRY') return ask(d, rules, registry, d.state.round + 1);
  if (action === 'WAIT') {
    if (waitUntil === undefined || toMs(waitUntil) <= d.now) {
      throw new DomainError('EID_ERR_SHAPE', { field: 'waitUntil', why: 'must lie in the future' });
    }
    return d.add({ type: 'RegistryWaitExtended', data: { queryId, registry, until: waitUntil, note } });
  }
  if (action === 'OVERRIDE' && (outcome === undefined || document === undefined)) {
    throw new DomainError('EID_ERR_SHAPE', {
      field: 'outcome',
      why: 'comes with the document that shows it',
    });
  }
  const shown = action === 'OVERRIDE' && outcome && document ? { outcome, document } : {};
  d.add({ type: 'RegistryOverridden', data: { registry, note, ...shown } });
  routeWhenSettled(d, rules);
}

export function resolveMismatch(d: Decision, command: CommandNamed<'ResolveMismatch'>, rules: Rules): void {
  mustBe(d.state, 'DB_FAILED');
  const { taskId, action, note, reasons } = command.data;
  finish(d, rules, 'RESOLVE_MISMATCH', taskId);
  d.add({ type: 'MismatchResolved', data: { action, note } });
  const given = reasons.length > 0 ? reasons : reasonsOf(d.state.checks);
  switch (action) {
    case 'REFUSE':
      return refuse(d, rules, 'DATABASES', given, note);
    case 'RETURN': {
      const fields = d.state.checks.flatMap((c) => c.mismatched);
      return returnForSupplement(d, rules, given, [...new Set(fields)], note);
    }
    case 'GO_LOCAL':
      return goLocal(d, rules, 'RESOLVED_BY_PERSON');
    case 'TAKE_AS_MATCH':
      d.add({ type: 'RouteChosen', data: { route: 'DIRECT', why: 'RESOLVED_BY_PERSON' } });
      return open(d, rules, 'PROPOSE');
  }
}

export function recordFindings(d: Decision, command: CommandNamed<'RecordFindings'>, rules: Rules): void {
  mustBe(d.state, 'LOCAL_VERIFICATION');
  const { taskId, result, findings, reasons } = command.data;
  finish(d, rules, 'VERIFY', taskId);
  d.add({ type: 'FindingsRecorded', data: { result, findings, reasons } });
  open(d, rules, 'CONFIRM');
}

/** The head of the unit approves the officer's Đạt / Không đạt, or sends it back. */
export function confirmFindings(d: Decision, command: CommandNamed<'ConfirmFindings'>, rules: Rules): void {
  mustBe(d.state, 'LOCAL_VERIFICATION');
  const { taskId, confirmed, note } = command.data;
  finish(d, rules, 'CONFIRM', taskId);
  const { findings } = d.state;
  if (!findings) throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId });
  if (!confirmed) {
    d.add({ type: 'FindingsSentBack', data: withNote(note) });
    return open(d, rules, 'VERIFY');
  }
  d.add({ type: 'FindingsConfirmed', data: { result: findings.result, ...withNote(note) } });
  if (findings.result === 'PASS') return open(d, rules, 'PROPOSE');
  const reasons = new Set([...findings.reasons, 'LOCAL_VERIFICATION_FAILED' as const]);
  refuse(d, rules, 'LOCAL_VERIFICATION', [...reasons], note);
}

export function propose(d: Decision, command: CommandNamed<'ProposeIssuance'>, rules: Rules): void {
  mustBe(d.state, 'PENDING_PROPOSAL');
  const { taskId, list, note } = command.data;
  finish(d, rules, 'PROPOSE', taskId);
  d.add({ type: 'IssuanceProposed', data: { list, ...withNote(note) } });
  open(d, rules, 'DECIDE', list);
}

/** The Director of C06 decides (Art 16). */
export function decideRequest(d: Decision, command: CommandNamed<'DecideRequest'>, rules: Rules): void {
  mustBe(d.state, 'PENDING_APPROVAL');
  const { taskId, decision, reasons, note } = command.data;
  finish(d, rules, 'DECIDE', taskId);
  if (decision === 'REFUSE') return refuse(d, rules, 'DECISION', reasons, note);
  if (decision === 'SEND_BACK') {
    mustGiveReasons(reasons);
    d.add({ type: 'SentBackForVerification', data: { reasons, ...withNote(note) } });
    return open(d, rules, 'VERIFY');
  }
  approve(d, rules, note);
}

/** Approval, number and issuance are one decision; the append allocates the number (Art 6: by the system). */
function approve(d: Decision, rules: Rules, note: string | undefined): void {
  const missing = missingConsents(d.state, rules).map((r) => r.name);
  if (missing.length > 0) throw new DomainError('EID_ERR_CONSENT_MISSING', { missing });
  const identity = identityOf(filed(d.state).dossier);
  if (!identity)
    throw new DomainError('EID_ERR_DOSSIER_NOT_VALID', { missing: ['establishedOn', 'representative'] });
  d.add({ type: 'RequestApproved', data: { authority: rules.decidingAuthority, ...withNote(note) } });
  d.add({ type: 'NumberAllocated', data: { number: NUMBER_TOKEN } });
  const account = `account-${NUMBER_TOKEN}`;
  d.add({ type: 'AccountIssued', data: { number: NUMBER_TOKEN, identity, account } });
}
