import type { Dossier } from '../../schemas/dossier.ts';
import type { Contact } from '../../schemas/notice.ts';
import type { Consent, RegistrationState, RegistryCheck } from '../../schemas/registration.ts';
import type { Registry } from '../../schemas/registry.ts';
import { evolveNotices, isNoticeEvent } from '../notice/notice.ts';
import { evolveTasks, isTaskEvent } from '../task/evolve.ts';
import { toMs } from '../time.ts';
import { evolveBodies } from './bodies-asked.ts';
import type { Event } from './state.ts';

const contact = (dossier: Dossier, id: string): Contact => ({
  id,
  name: dossier.registrant.name,
  ...(dossier.registrant.mobile === undefined ? {} : { mobile: dossier.registrant.mobile }),
  ...(dossier.registrant.email === undefined ? {} : { email: dossier.registrant.email }),
});

const withConsent = (
  state: RegistrationState,
  representative: string,
  status: Consent['status'],
): Consent[] => state.consents.map((c) => (c.representative === representative ? { ...c, status } : c));

const withCheck = (
  state: RegistrationState,
  registry: Registry,
  change: Partial<RegistryCheck>,
): RegistryCheck[] => state.checks.map((c) => (c.registry === registry ? { ...c, ...change } : c));

/** Whoever the dossier no longer names as a representative has no say in it any more. */
const isNamed = (dossier: Dossier, representative: string): boolean =>
  dossier.otherRepresentatives.some((r) => r.id === representative);

/** Clears what belongs to one run through the checks, when a dossier goes back to the registrant. */
function backToRegistrant(state: RegistrationState, status: 'DRAFT' | 'RETURNED'): RegistrationState {
  const { running: _running, route: _route, findings: _findings, ...rest } = state;
  return { ...rest, status, overdue: false, checks: [] };
}

/** The state of a request after one more event; never refuses what the log holds. */
export function evolveRegistration(state: RegistrationState, event: Event): RegistrationState {
  if (isTaskEvent(event)) return { ...state, tasks: evolveTasks(state.tasks, event) };
  if (isNoticeEvent(event)) return { ...state, notices: evolveNotices(state.notices, event) };
  const next = evolveOwn(state, event);
  return next.status === state.status ? next : { ...next, since: event.at };
}

function evolveOwn(state: RegistrationState, event: Event): RegistrationState {
  switch (event.type) {
    case 'DossierDrafted': {
      const { policyVersion, channel, registrantId, dossier, jurisdiction } = event.data;
      const registrant = contact(dossier, registrantId);
      return {
        ...state,
        status: 'DRAFT',
        policyVersion,
        channel,
        registrantId,
        registrant,
        dossier,
        jurisdiction,
      };
    }
    case 'DraftRevised':
    case 'RequestResubmitted': {
      const { dossier, jurisdiction } = event.data;
      const registrant = contact(dossier, state.registrantId ?? '');
      const status = event.type === 'RequestResubmitted' ? 'SUBMITTED' : 'DRAFT';
      const consents = state.consents.filter((c) => isNamed(dossier, c.representative));
      return { ...state, dossier, jurisdiction, registrant, status, consents };
    }
    case 'ConsentAsked': {
      const asked = event.data.representatives.map((id): Consent => {
        const name = state.dossier?.otherRepresentatives.find((r) => r.id === id)?.name ?? id;
        return { representative: id, name, status: 'ASKED' };
      });
      const kept = state.consents.filter((c) => !event.data.representatives.includes(c.representative));
      return { ...state, status: 'AWAITING_CONSENT', consents: [...kept, ...asked] };
    }
    case 'ConsentGiven':
      return { ...state, consents: withConsent(state, event.data.representative, 'GIVEN') };
    case 'ConsentRefused':
      return { ...state, consents: withConsent(state, event.data.representative, 'REFUSED') };
    case 'ConsentWithdrawn':
      return { ...state, consents: withConsent(state, event.data.representative, 'WITHDRAWN') };
    case 'RequestBlocked':
      return backToRegistrant(state, 'DRAFT');
    case 'RequestSubmitted':
      return { ...state, status: 'SUBMITTED' };
    case 'RequestAccepted': {
      const firstAcceptedAt = state.firstAcceptedAt ?? event.at;
      return { ...state, status: 'DB_CHECK', firstAcceptedAt, running: event.data.running, overdue: false };
    }
    case 'SupplementRequested':
      return backToRegistrant(state, 'RETURNED');
    case 'RegistryAsked': {
      const { registry, queryId, round, fields } = event.data;
      const check: RegistryCheck = {
        registry,
        queryId,
        round,
        fields,
        status: 'ASKED',
        askedAt: event.at,
        mismatched: [],
      };
      const others = state.checks.filter((c) => c.registry !== registry);
      return { ...state, round: Math.max(state.round, round), checks: [...others, check] };
    }
    case 'RegistryAnswered': {
      const mismatched = event.data.fields.filter((f) => f.band === 'different').map((f) => f.field);
      const change = { status: 'ANSWERED' as const, outcome: event.data.outcome, mismatched };
      return { ...state, checks: withCheck(state, event.data.registry, change) };
    }
    case 'RegistryFellSilent':
      return { ...state, checks: withCheck(state, event.data.registry, { status: 'SILENT' }) };
    case 'RegistryWaitExtended': {
      const change = { status: 'WAITING' as const, waitUntil: event.data.until, waitOwner: event.by.name };
      return { ...state, checks: withCheck(state, event.data.registry, change) };
    }
    case 'RegistryOverridden':
      return {
        ...state,
        checks: withCheck(state, event.data.registry, {
          status: 'OVERRIDDEN',
          ...(event.data.outcome === undefined ? {} : { outcome: event.data.outcome }),
        }),
      };
    case 'BodyAsked':
    case 'BodyQuestionSent':
    case 'BodyAnswered':
      return { ...state, bodies: evolveBodies(state.bodies, event) };
    case 'MismatchResolved':
      return state;
    case 'RouteChosen':
      return { ...state, route: event.data.route, status: statusOfRoute[event.data.route] };
    case 'LimitChanged': {
      const { running } = event.data;
      return { ...state, running, overdue: toMs(event.at) >= toMs(running.dueAt) };
    }
    case 'FindingsRecorded': {
      const { result, reasons } = event.data;
      return { ...state, findings: { result, reasons, confirmed: false } };
    }
    case 'FindingsConfirmed': {
      const findings = state.findings ?? { result: event.data.result, reasons: [], confirmed: true };
      const status = event.data.result === 'PASS' ? 'PENDING_PROPOSAL' : state.status;
      return { ...state, status, findings: { ...findings, confirmed: true } };
    }
    case 'FindingsSentBack': {
      const { findings: _, ...rest } = state;
      return rest;
    }
    case 'IssuanceProposed':
      return { ...state, status: 'PENDING_APPROVAL' };
    case 'SentBackForVerification': {
      const { findings: _, ...rest } = state;
      return { ...rest, route: 'LOCAL_VERIFICATION', status: 'LOCAL_VERIFICATION' };
    }
    case 'RequestApproved':
    case 'NumberAllocated':
      return state;
    case 'AccountIssued':
      return { ...state, status: 'ISSUED', identity: event.data.identity, account: event.data.account };
    case 'AccountOpened':
      return { ...state, status: 'COMPLETED' };
    case 'RequestRefused': {
      const { stage, reasons } = event.data;
      return { ...state, status: 'REFUSED', refusal: { stage, reasons } };
    }
    case 'RequestWithdrawn':
      return { ...state, status: 'WITHDRAWN' };
    case 'RequestOverdue':
      return { ...state, overdue: true };
    default:
      return state;
  }
}

const statusOfRoute = {
  DIRECT: 'PENDING_PROPOSAL',
  LOCAL_VERIFICATION: 'LOCAL_VERIFICATION',
  PERSON_DECIDES: 'DB_FAILED',
  REFUSE: 'DB_FAILED',
} as const;
