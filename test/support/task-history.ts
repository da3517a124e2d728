import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TestSystem } from './system.ts';

type Event = { readonly eventType: string; readonly eventTime: string } & Readonly<Record<string, unknown>>;

/** The events of all runs of a workflow: a late word to a closed case makes one more. */
async function eventsOf({ temporal }: TestSystem, workflowId: string): Promise<readonly Event[]> {
  const events: Event[] = [];
  for await (const { runId } of temporal.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    const history = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    events.push(...(JSON.parse(historyToJSON(history)) as { readonly events: readonly Event[] }).events);
  }
  return events;
}

/** Why workflow tasks of a case failed, and when (ms). A task that was merely not finished by a worker that died is none. */
export async function failedTasks(system: TestSystem, workflowId: string) {
  return (await eventsOf(system, workflowId)).flatMap((event) => {
    const failed = event.workflowTaskFailedEventAttributes as { readonly cause?: string } | undefined;
    return failed ? [{ cause: failed.cause ?? '', at: Date.parse(event.eventTime) }] : [];
  });
}

/** Whether a patch is marked in the history: code under it has run. */
export const hasPatch = async (system: TestSystem, workflowId: string, patch: string): Promise<boolean> =>
  (await eventsOf(system, workflowId)).some((event) => {
    const marker = event.markerRecordedEventAttributes as { readonly markerName?: string } | undefined;
    const text = JSON.stringify(marker ?? {});
    const bare = (text.match(/"data":"([^"]*)"/g) ?? []).map((data) =>
      Buffer.from(data.slice('"data":"'.length, -1), 'base64').toString('utf8'),
    );
    return marker?.markerName === 'core_patch' && bare.some((one) => one.includes(patch));
  });
