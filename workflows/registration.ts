import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type {
  OpenVerificationInput,
  WithdrawVerificationInput,
} from '../domain/registration/bodies-asked.ts';
import type { OpenAccountInput, RegistrationEffect } from '../domain/registration/effects.ts';
import { registration as decider } from '../domain/registration/index.ts';
import type { BodyReport } from '../domain/verification/effects.ts';
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

export type BodyActivities = {
  /** Answers until when the body has time. */
  openVerification(input: OpenVerificationInput & { correlationId: string }): Promise<string>;
  /** Answers how the verification ended: an answer may have come before its question was taken back. */
  withdrawVerification(input: WithdrawVerificationInput & { correlationId: string }): Promise<BodyReport>;
};

const { openAccount } = proxyActivities<AccountActivities>({ startToCloseTimeout: '10s' });

const { openVerification, withdrawVerification } = proxyActivities<BodyActivities>({
  startToCloseTimeout: '10s',
});

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
  async openVerification(input, { correlationId }) {
    const until = await openVerification({ ...input, correlationId });
    return { type: 'RecordBodyAsked', data: { verification: input.verification, until } };
  },
  async withdrawVerification(input, { correlationId }) {
    return { type: 'RecordBodyAnswer', data: await withdrawVerification({ ...input, correlationId }) };
  },
  notify: (input, context) => noticeOutcome(policy, input, context),
});

/** A request for an account, from its draft to the opened account, a refusal or a withdrawal. */
export async function registration(input: CaseInput): Promise<void> {
  const policy = sharedPolicy(input.policy);
  const next = await runCase('registration', decider(input.stream, policy), effects(policy), input);
  if (next) await continueAsNew<typeof registration>(next);
}
