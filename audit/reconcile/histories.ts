import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { CaseType } from '../../schemas/case.ts';
import type { HistoryEvent } from './evidence.ts';

/** A run of a workflow as Temporal names it. */
export type Run = { readonly workflowId: string; readonly run: string; readonly status: string };

/** What a reconciliation reads of Temporal. */
export type Histories = {
  /** The latest run under an id, from the server's own state: no list that lags behind. */
  latest(workflowId: string): Promise<Run | undefined>;
  /** Its history, a page at a time; ends early when it is deleted meanwhile. */
  events(run: Run): AsyncGenerator<HistoryEvent, void>;
  /** Every run of a case's workflow that Temporal holds, open and closed; of one case when it is named. */
  runs(stream?: string): AsyncGenerator<Run, void>;
  /** How long a closed workflow is held, ms. */
  retentionMs(): Promise<number>;
};

const PAGE = 200;
const NOT_FOUND = 5;

/** Reads from the namespace of a client. */
export function historiesOf(client: Client): Histories {
  const { workflow, workflowService } = client;
  const { namespace } = client.options;
  return {
    async latest(workflowId) {
      try {
        const { runId, status } = await workflow.getHandle(workflowId).describe();
        return { workflowId, run: runId, status: status.name };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      }
    },
    async *events({ workflowId, run }) {
      let nextPageToken: Uint8Array | undefined;
      do {
        const page = await workflowService
          .getWorkflowExecutionHistory({
            namespace,
            execution: { workflowId, runId: run },
            maximumPageSize: PAGE,
            ...(nextPageToken ? { nextPageToken } : {}),
          })
          .catch((error: unknown) => {
            if (isGrpcServiceError(error) && error.code === NOT_FOUND) return undefined;
            throw error;
          });
        yield* page?.history?.events ?? [];
        nextPageToken = page?.nextPageToken?.length ? page.nextPageToken : undefined;
      } while (nextPageToken);
    },
    async *runs(stream) {
      const types = CaseType.options.map((type) => `'${type}'`).join(', ');
      const of = stream === undefined ? '' : ` and WorkflowId = '${stream.replaceAll("'", '')}'`;
      const query = `WorkflowType in (${types})${of}`;
      for await (const { workflowId, runId, status } of workflow.list({ query, pageSize: PAGE }))
        yield { workflowId, run: runId, status: status.name };
    },
    async retentionMs() {
      const { config } = await workflowService.describeNamespace({ namespace });
      return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1_000;
    },
  };
}
