import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { CompleteAsyncError, defaultPayloadConverter } from '@temporalio/common';
import type { ActivityExecuteInput, ActivityInterceptorsFactory } from '@temporalio/worker';
import { inSpan } from './span.ts';

/** The header under which Temporal's SDKs carry a trace. */
const HEADER = '_tracer-data';

/** What a client of Temporal needs to pass the active trace on; nothing without tracing. */
export async function clientInterceptors(on: boolean): Promise<WorkflowClientInterceptor[]> {
  if (!on) return [];
  const { OpenTelemetryWorkflowClientInterceptor } = await import('@temporalio/interceptors-opentelemetry');
  const interceptor = new OpenTelemetryWorkflowClientInterceptor();
  // What no request asked for (wake-up calls, singletons) begins no trace.
  const traced = () => trace.getSpan(context.active()) !== undefined;
  return [
    {
      startUpdate: (input, next) => (traced() ? interceptor.startUpdate(input, next) : next(input)),
      startUpdateWithStart: (input, next) =>
        traced() ? interceptor.startUpdateWithStart(input, next) : next(input),
    },
  ];
}

function traceOf({ headers }: Pick<ActivityExecuteInput, 'headers'>) {
  const payload = headers[HEADER];
  if (!payload) return undefined;
  return propagation.extract(ROOT_CONTEXT, defaultPayloadConverter.fromPayload(payload));
}

/** Gives each activity of a traced command a span; one that goes on without end, as the relay, belongs to no command. */
export const tracedActivities: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    execute(input, next) {
      const within = traceOf(input);
      if (!within) return next(input);
      const attributes = {
        temporalActivityId: info.activityId,
        temporalWorkflowId: info.workflowExecution?.workflowId ?? '',
        'orgeid.attempt': info.attempt,
      };
      const isFine = (error: unknown) => error instanceof CompleteAsyncError;
      return inSpan(`RunActivity:${info.activityType}`, { within, attributes, isFine }, () => next(input));
    },
  },
});
