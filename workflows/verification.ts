import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { ReportInput, VerificationEffect } from '../domain/verification/effects.ts';
import { verification as decider } from '../domain/verification/index.ts';
import type { VerificationCommand } from '../schemas/verification.ts';
import { runCase } from './case.ts';
import type { EffectTable } from './effects.ts';
import type { CaseInput } from './messages.ts';
import { sharedPolicy } from './shared-policy.ts';

export type VerificationActivities = {
  reportBodyOutcome(input: ReportInput & { readonly correlationId: string }): Promise<void>;
};

const { reportBodyOutcome } = proxyActivities<VerificationActivities>({ startToCloseTimeout: '10s' });

const effects: EffectTable<VerificationEffect, VerificationCommand> = {
  async reportOutcome(input, { correlationId }) {
    await reportBodyOutcome({ ...input, correlationId });
    return { type: 'RecordReported', data: {} };
  },
};

/** A question of a police unit to another body, from its opening until the asking case knows the outcome. */
export async function verification(input: CaseInput): Promise<void> {
  const policy = sharedPolicy(input.policy);
  const next = await runCase('verification', decider(input.stream, policy), effects, input);
  if (next) await continueAsNew<typeof verification>(next);
}
