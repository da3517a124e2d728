import type { Client } from '@temporalio/client';
import { type Command, commandNames, type Variant } from './variants.ts';

/** Runs `count` requests with `inFlight` at once; organisations are numbered from `first`. Returns requests per second. */
export async function throughput(
  variant: Variant,
  label: string,
  first: number,
  count: number,
  inFlight: number,
): Promise<number> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const n = first + next;
      next += 1;
      const id = `${label}-${n}`;
      await variant.command(id, n, 'submit');
      await variant.untilChecked(id, false);
      await variant.command(id, n, 'propose');
      await variant.command(id, n, 'approve');
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  return count / ((performance.now() - start) / 1000);
}

export type Latencies = Record<Command, number[]>;

/** Runs requests of both variants in turn, nothing else under way, and times each command in ms. */
export async function latencies(
  variants: readonly Variant[],
  first: number,
  count: number,
): Promise<Map<Variant, Latencies>> {
  const result = new Map<Variant, Latencies>(
    variants.map((v) => [v, { submit: [], propose: [], approve: [] }]),
  );
  for (let n = first; n < first + count; n += 1) {
    for (const variant of variants) {
      const id = `alone-${n}`;
      for (const command of commandNames) {
        if (command === 'propose') await variant.untilChecked(id, true);
        const start = performance.now();
        await variant.command(id, n, command);
        result.get(variant)?.[command].push(performance.now() - start);
      }
    }
  }
  return result;
}

/** History events of a request from its start up to the completion of the approving Update. */
export async function historyEvents(client: Client, workflowId: string): Promise<number> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const completions = (events ?? []).filter((e) => e.workflowExecutionUpdateCompletedEventAttributes);
  return Number(completions.at(2)?.eventId ?? Number.NaN);
}
