import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { CarryOutInput, LockOrderEffect } from '../domain/lock-order/effects.ts';
import { lockOrder as decider } from '../domain/lock-order/index.ts';
import type { OrderOutcome } from '../schemas/lock.ts';
import type { LockOrderCommand } from '../schemas/lock-order.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import { noticeOutcome } from './ask.ts';
import { runCase } from './case.ts';
import type { EffectTable } from './effects.ts';
import type { CaseInput } from './messages.ts';
import { sharedPolicy } from './shared-policy.ts';

export type OrderActivities = {
  carryOutOrder(input: CarryOutInput & { readonly correlationId: string }): Promise<OrderOutcome>;
};

const { carryOutOrder } = proxyActivities<OrderActivities>({ startToCloseTimeout: '10s' });

const effects = (policy: CasePolicy): EffectTable<LockOrderEffect, LockOrderCommand> => ({
  async carryOut(input, { correlationId }) {
    const outcome = await carryOutOrder({ ...input, correlationId });
    return { type: 'RecordOrderOutcome', data: { round: input.round, outcome } };
  },
  notify: (input, context) => noticeOutcome(policy, input, context),
});

/** An authority's order to lock or unlock an account, from its form to what the account made of it. */
export async function lockOrder(input: CaseInput): Promise<void> {
  const policy = sharedPolicy(input.policy);
  const next = await runCase('lock-order', decider(input.stream, policy), effects(policy), input);
  if (next) await continueAsNew<typeof lockOrder>(next);
}
