import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CasePolicy } from '../../schemas/policy.ts';
import { RegistrationEvent, RegistrationState, RegistrationStatus } from '../../schemas/registration.ts';
import { STREAM } from '../testing/answers.ts';
import { must, mustKeepFourEyes } from '../testing/invariants.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { choices } from '../testing/random.ts';
import { randomRequestMove } from '../testing/random-requests.ts';
import { START } from '../testing/requests.ts';
import { simulate, type Walk } from '../testing/simulate.ts';
import { toMs } from '../time.ts';
import { registration } from './index.ts';

const direct = {
  match: 'DIRECT',
  noData: 'LOCAL_VERIFICATION',
  uncertain: 'LOCAL_VERIFICATION',
  mismatch: 'REFUSE',
  ended: 'REFUSE',
} as const;
const local = { ...direct, match: 'LOCAL_VERIFICATION', mismatch: 'PERSON_DECIDES' } as const;
const everywhere = <T>(value: T) => ({
  ENTERPRISE: value,
  COOPERATIVE: value,
  TAXCODE_ORG: value,
  OTHER_ORG: value,
});
const limited = Object.fromEntries(
  Object.entries(decree.tasks).map(([kind, task]) => [
    kind,
    { ...task, limit: { amount: 1, unit: 'working_days' } },
  ]),
) as CasePolicy['tasks'];

const policies: readonly CasePolicy[] = [
  decree,
  decreeWith({ consentRefused: 'END', consentWithdrawn: 'END', routing: everywhere(local) }),
  decreeWith({ clockOnSupplement: 'CONTINUE', routing: everywhere(direct), tasks: limited }),
  decreeWith({ acceptance: { VNEID_APP: 'OFFICER', VNEID_WEB: 'OFFICER', IN_PERSON_TK02: 'AUTOMATIC' } }),
  decreeWith({ consentChannels: ['VNEID_APP'], stateSecretChannels: [], armedForcesReception: 'ANY' }),
  decreeWith({ noticeChannels: ['SMS'], limitNotInDatabases: { amount: 1000, unit: 'milliseconds' } }),
];

const ofSystem = new Set([
  'RecordRegistryAnswer',
  'RecordRegistrySilence',
  'EndWait',
  'RecordNoticeOutcome',
  'RecordAccountOpened',
  'MarkOverdue',
  'MarkTaskOverdue',
  'EscalateDueTask',
]);

type RequestWalk = Walk<RegistrationState, RegistrationEvent>;

/** No approval without the agreement of all, the checks that the policy asks, and what their outcome calls for. */
function mustBeApprovable({ state, history }: RequestWalk, policy: CasePolicy): void {
  const { dossier, channel, checks, route, findings } = state;
  if (!dossier || !channel) throw new Error('approved without a dossier');
  const { organisation, otherRepresentatives } = dossier;
  if (policy.consentChannels.includes(channel)) {
    for (const { id } of otherRepresentatives) {
      const last = history.findLast((e) => 'representative' in e.data && e.data.representative === id);
      must(last?.type === 'ConsentGiven', `approved, and ${id} last said ${last?.type ?? 'nothing'}`);
    }
  }
  const foreign = organisation.representative?.nationality !== 'VN';
  for (const registry of policy.registries[organisation.category]) {
    if (registry === 'POPULATION' && foreign) continue;
    const check = checks.find((c) => c.registry === registry);
    must(
      check?.status === 'ANSWERED' || check?.status === 'OVERRIDDEN',
      `approved while ${registry} is open`,
    );
  }
  const accepted = history.findLastIndex((e) => e.type === 'RequestAccepted');
  const since = history.slice(accepted).map((e) => e.type);
  must(accepted >= 0, 'approved and never accepted');
  must(since.includes('IssuanceProposed'), 'approved and never proposed');
  if (route === 'LOCAL_VERIFICATION') {
    must(findings?.confirmed === true && findings.result === 'PASS', 'approved without a confirmed pass');
    must(
      since.lastIndexOf('FindingsConfirmed') > since.lastIndexOf('FindingsRecorded'),
      'the findings are not confirmed',
    );
    must(
      since.lastIndexOf('IssuanceProposed') > since.lastIndexOf('FindingsConfirmed'),
      'proposed before it was verified',
    );
  } else if (checks.some((c) => c.outcome !== 'MATCH')) {
    must(since.includes('MismatchResolved'), 'approved against the registries, and no person resolved it');
  }
}

/** How far the walks of all properties came, so that they prove something. */
const seen = { statuses: new Set<string>(), events: new Set<string>() };

function walk(policy: CasePolicy, seed: number, length: number): RequestWalk {
  const decider = registration(STREAM, policy);
  const c = choices(seed);
  const end = simulate(
    {
      decider,
      start: toMs(START),
      ofSystem,
      inspect: (events, before) => {
        for (const event of events) {
          RegistrationEvent.parse(event);
          if (event.type === 'RequestApproved') mustBeApprovable(before, policy);
          seen.events.add(event.type);
        }
        seen.statuses.add(before.state.status);
      },
    },
    Array.from({ length }, () => (at: RequestWalk) => randomRequestMove(c, at)),
  );
  mustKeepFourEyes(end.history, policy.fourEyes);
  RegistrationState.parse(end.state);
  seen.statuses.add(end.state.status);
  return end;
}

describe('a request under random commands of right and wrong people', () => {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 });

  it('keeps what must hold of every request', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(...policies),
        fc.integer({ min: 5, max: 40 }),
        (seed, policy, length) => {
          walk(policy, seed, length);
        },
      ),
      { seed: 692_024, numRuns: 2000 },
    );
  });

  it('comes to every status and makes every event', () => {
    expect(RegistrationStatus.options.filter((status) => !seen.statuses.has(status))).toEqual([]);
    const all = RegistrationEvent.options.map((option) => option.shape.type.value);
    expect(all.filter((type) => !seen.events.has(type))).toEqual([]);
  });
});
