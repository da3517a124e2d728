import { continueAsNew } from '@temporalio/workflow';
import { account as decider } from '../domain/account/index.ts';
import { noticeOutcome } from './ask.ts';
import { runCase } from './case.ts';
import type { CaseInput } from './messages.ts';

/** An organisation's account, from issuance on. */
export async function account(input: CaseInput): Promise<void> {
  const next = await runCase(
    'account',
    decider(input.stream, input.policy),
    { notify: (order, context) => noticeOutcome(input.policy, order, context) },
    input,
  );
  if (next) await continueAsNew<typeof account>(next);
}
