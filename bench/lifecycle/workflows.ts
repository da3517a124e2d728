import {
  condition,
  defineQuery,
  defineUpdate,
  proxyActivities,
  scheduleActivity,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { NotifyInput } from '../../domain/notice/effects.ts';
import type { AskInput } from '../../domain/registration/effects.ts';

/** One step of a hand-written request: what a person or a registry did. */
export type Step = { readonly workflowId: string; readonly step: string; readonly data: unknown };

export type BenchActivities = {
  store(step: Step): Promise<void>;
  startAccount(input: {
    readonly account: string;
    readonly notice: NotifyInput;
    readonly stores: boolean;
  }): Promise<void>;
};

export type BenchInput = {
  readonly registries: readonly AskInput[];
  readonly notice: NotifyInput;
  /** `true`: each step is stored by a regular activity; `false`: nothing is recorded. */
  readonly stores: boolean;
};

export const submit = defineUpdate<string, [unknown]>('submit');
export const propose = defineUpdate<string, [unknown]>('propose');
export const approve = defineUpdate<string, [unknown]>('approve');
export const checked = defineQuery<boolean>('checked');

const { store, startAccount } = proxyActivities<BenchActivities>({ startToCloseTimeout: '30s' });

const ask = (name: string, input: unknown, activityId: string) =>
  scheduleActivity<unknown>(name, [{ input, correlationId: activityId }], {
    activityId,
    startToCloseTimeout: '1 hour',
    retry: { maximumAttempts: 6, initialInterval: '60s' },
  });

/** The same human steps and registry calls as a registration, as somebody would write them by hand. */
export async function byHand(input: BenchInput): Promise<void> {
  const { workflowId } = workflowInfo();
  const done = new Set<string>();
  const keep = async (step: string, data: unknown) => {
    if (input.stores) await store({ workflowId, step, data });
    done.add(step);
  };
  const step = (name: string) => async (data: unknown) => {
    await keep(name, data);
    return name;
  };
  setHandler(submit, step('submit'));
  setHandler(propose, async (data) => {
    await condition(() => done.has('checked'));
    return await step('propose')(data);
  });
  setHandler(approve, step('approve'));
  setHandler(checked, () => done.has('checked'));

  await condition(() => done.has('submit'));
  await Promise.all(
    input.registries.map(async (query) =>
      keep(query.registry, await ask('callRegistry', query, query.queryId)),
    ),
  );
  done.add('checked');
  await condition(() => done.has('propose') && done.has('approve'));
  await startAccount({ account: `${workflowId}-account`, notice: input.notice, stores: input.stores });
  await keep('opened', {});
}

/** The account that a request by hand leads to: one notice, kept or not. */
export async function accountByHand(input: {
  readonly notice: NotifyInput;
  readonly stores: boolean;
}): Promise<void> {
  const { workflowId } = workflowInfo();
  if (input.stores) await store({ workflowId, step: 'account', data: {} });
  const receipt = await ask('notify', input.notice, input.notice.orderId);
  if (input.stores) await store({ workflowId, step: 'noticed', data: receipt });
}
