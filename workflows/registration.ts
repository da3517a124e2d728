import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { OpenAccountInput, RegistrationEffect } from '../domain/registration/effects.ts';
import { registration as decider } from '../domain/registration/index.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import type { RegistrationCommand } from '../schemas/registration.ts';
import { askRegistry, noticeOutcome } from './ask.ts';
import { runCase } from './case.ts';
import type { EffectTable } from './effects.ts';
import type { CaseInput } from './messages.ts';
import { sharedPolicy } from './shared-policy.ts';

export type AccountActivities = {
  openAccount(input: OpenAccountInput & { policyVersion: string; correlationId: string }): Promise<void>;
};

const { openAccount } = proxyActivities<AccountActivities>({ startToCloseTimeout: '10s' });

const effects = (policy: CasePolicy): EffectTable<RegistrationEffect, RegistrationCommand> => ({
  async askRegistry(input, context) {
    const answer = await askRegistry(policy, input, context);
    if (!('silent' in answer)) return { type: 'RecordRegistryAnswer', data: { answer } };
    const { attempts, detail } = answer;
    return { type: 'RecordRegistrySilence', data: { queryId: input.queryId, attempts, detail } };
  },
  async openAccount(input, { correlationId }) {
    await openAccount({ ...input, policyVersion: policy.version, correlationId });
    return { type: 'RecordAccountOpened', data: { account: input.account } };
  },
  notify: (input, context) => noticeOutcome(policy, input, context),
});

/** A request for an account, from its draft to the opened account, a refusal or a withdrawal. */
export async function registration(input: CaseInput): Promise<void> {
  const policy = sharedPolicy(input.policy);
  const next = await runCase('registration', decider(input.stream, policy), effects(policy), input);
  if (next) await continueAsNew<typeof registration>(next);
}
