import type { CommandOf } from '../../schemas/case.ts';
import type { Dossier } from '../../schemas/dossier.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { RegistrationCommand } from '../../schemas/registration.ts';
import type { RegistryAnswer } from '../../schemas/registry.ts';
import { registration } from '../registration/index.ts';
import { found, notFound, STREAM } from './answers.ts';
import { ask } from './commands.ts';
import { dossier, jointDossier } from './dossiers.ts';
import { jurisdiction, people } from './people.ts';
import { specification } from './specification.ts';

/** A Monday without a holiday for four weeks, 09:00 in Viet Nam. */
export const START = '2025-03-03T02:00:00.000Z';
/** The end of the third working day after it, and of the fifteenth day. */
export const END_OF_3_WORKING_DAYS = '2025-03-06T17:00:00.000Z';
export const END_OF_15_DAYS = '2025-03-18T17:00:00.000Z';

type Filing = Extract<RegistrationCommand, { type: 'FileRequest' }>['data'];

export const filing = (of: Dossier = dossier(), changes: Partial<Filing> = {}): Filing => ({
  channel: 'VNEID_APP',
  registrantId: people.registrant.id,
  dossier: of,
  jurisdiction,
  ...changes,
});

/** The same form on paper, at the desk. */
export const paper = (of?: Dossier, changes?: Partial<Filing>): Filing =>
  filing(of, { channel: 'IN_PERSON_TK02', ...changes });

export const answerOf = (answer: RegistryAnswer) => ask(people.system, 'RecordRegistryAnswer', { answer });

export const silenceOf = (registry: string, round = 1) =>
  ask(people.system, 'RecordRegistrySilence', {
    queryId: `${STREAM}.${registry}.${round}`,
    attempts: 6,
    detail: 'NO_ANSWER',
  });

export const findings = (
  result: 'PASS' | 'FAIL',
  taskId = 'verify-1',
  by: typeof people.verifier = people.verifier,
) => ask(by, 'RecordFindings', { taskId, result, findings: 'Đã đến trụ sở', reasons: [] });

export const confirmation = (taskId = 'confirm-1', confirmed = true) =>
  ask(people.head, 'ConfirmFindings', { taskId, confirmed });

export const proposal = (taskId = 'propose-1') =>
  ask(people.proposer, 'ProposeIssuance', { taskId, list: 'DS-01' });

export const approval = (taskId = 'decide-1') =>
  ask(people.director, 'DecideRequest', { taskId, decision: 'APPROVE', reasons: [] });

/** Given/when/then for a request under a policy, with the usual points of its way to start from. */
export function requests(policy: CasePolicy) {
  const spec = specification(registration(STREAM, policy), START);
  const after = (...commands: CommandOf<RegistrationCommand>[]) =>
    spec.given(spec.played(commands.map((command) => ({ command }))));
  const { registrant, desk, binh, chi } = people;
  const filed = (of?: Dossier) => ask(registrant, 'FileRequest', filing(of));
  const agreed = [found('BUSINESS'), found('TAX'), found('POPULATION')].map(answerOf);
  const absent = [notFound('BUSINESS'), found('TAX'), found('POPULATION')].map(answerOf);
  const differs = [
    found('BUSINESS', { values: { established_on: '1999-01-01' } }),
    found('TAX'),
    found('POPULATION'),
  ];
  const toApproval = [filed(), ...agreed, proposal()];
  const toFindings = [filed(), ...absent, findings('PASS')];
  return {
    ...spec,
    after,
    filed,
    fresh: () => spec.given([]),
    draft: (of?: Dossier) => after(ask(registrant, 'DraftDossier', filing(of))),
    awaitingConsent: () => after(filed(jointDossier())),
    consented: () => after(filed(jointDossier()), ask(binh, 'GiveConsent'), ask(chi, 'GiveConsent')),
    atDesk: (of?: Dossier) => after(ask(desk, 'FileRequest', paper(of))),
    returned: (of = dossier({ organisation: { code: undefined } })) => after(filed(of)),
    inChecks: (of?: Dossier) => after(filed(of)),
    silent: () =>
      after(filed(), answerOf(found('BUSINESS')), answerOf(found('POPULATION')), silenceOf('TAX')),
    contradicted: () => after(filed(), ...differs.map(answerOf)),
    local: () => after(filed(), ...absent),
    withFindings: () => after(...toFindings),
    toPropose: () => after(filed(), ...agreed),
    toDecide: () => after(...toApproval),
    toDecideAfterLocal: () => after(...toFindings, confirmation(), proposal()),
    issued: () => after(...toApproval, approval()),
    completed: () =>
      after(
        ...toApproval,
        approval(),
        ask(people.system, 'RecordAccountOpened', { account: 'account-@identification-number' }),
      ),
    withdrawn: () => after(filed(), ask(registrant, 'WithdrawRequest')),
    refused: () => after(filed(dossier({ registrant: { accountLevel: 1 } }))),
  };
}
