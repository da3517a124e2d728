import { continueAsNew } from '@temporalio/workflow';
import { account as decider } from '../domain/account/index.ts';
import { noticeOutcome } from './ask.ts';
import { runCase } from './case.ts';
import type { CaseInput } from './messages.ts';
import { sharedPolicy } from './shared-policy.ts';

/** An organisation's account, from issuance on. */
export async function account(input: CaseInput): Promise<void> {
  const policy = sharedPolicy(input.policy);
  const next = await runCase(
    'account',
    decider(input.stream, policy),
    { notify: (order, context) => noticeOutcome(policy, order, context) },
    input,
  );
  if (next) await continueAsNew<typeof account>(next);
}
