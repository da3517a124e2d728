import {
  AsyncLocalStorage,
  defaultPayloadConverter,
  proxySinks,
  type Sinks,
  type UpdateInput,
  type WorkflowInterceptorsFactory,
  workflowInfo,
} from '@temporalio/workflow';

/** Spans leave a workflow by this sink, once each: not when history is replayed. */
export type TracingSinks = Sinks & {
  tracing: {
    span(span: {
      readonly name: string;
      readonly traceId: string;
      readonly spanId: string;
      readonly parentSpanId: string;
      readonly from: number;
      readonly to: number;
      readonly attributes: Readonly<Record<string, string>>;
      readonly error?: string;
    }): void;
  };
};

type Headers = UpdateInput['headers'];
type Payload = Headers[string];
type Trace = { readonly traceId: string; readonly parentSpanId: string; readonly sampled: boolean };

/** The header under which Temporal's SDKs carry a trace, as `{ traceparent }`. */
const HEADER = '_tracer-data';
const { tracing } = proxySinks<TracingSinks>();

function traceIn(payload: Payload): Trace | undefined {
  const { traceparent = '' } = defaultPayloadConverter.fromPayload<{ traceparent?: string }>(payload);
  const [, traceId, parentSpanId, flags] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent) ?? [];
  if (traceId === undefined || parentSpanId === undefined || flags === undefined) return undefined;
  return { traceId, parentSpanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** FNV-1a, 32 bits. */
function hash(text: string, seed: number): string {
  let sum = seed;
  for (let i = 0; i < text.length; i += 1) sum = Math.imul(sum ^ text.charCodeAt(i), 16_777_619);
  return (sum >>> 0).toString(16).padStart(8, '0');
}

/** An id that replay finds again, and for which no random number is drawn from the workflow's own. */
const spanIdOf = (text: string): string => hash(text, 2_166_136_261) + hash(text, 84_696_351);

const failureType = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'type' in error && typeof error.type === 'string'
    ? error.type
    : 'Error';

/**
 * Lets the trace of a command reach the activities that it starts, and tells of the command's handling as a span.
 *
 * Nothing here awaits. An interceptor that does delays what follows by some microtasks, so that two things that happen in one activation
 * may change places, and a history made with tracing would not replay without it. A command without the header passes untouched.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  const current = new AsyncLocalStorage<Payload>();
  const carrying = <I extends { readonly headers: Headers }>(input: I): I => {
    const payload = current.getStore();
    return payload === undefined ? input : { ...input, headers: { ...input.headers, [HEADER]: payload } };
  };
  return {
    inbound: [
      {
        execute(input, next) {
          const payload = input.headers[HEADER];
          return payload ? current.run(payload, () => next(input)) : next(input);
        },
        handleUpdate(input, next) {
          const payload = input.headers[HEADER];
          const given = payload && traceIn(payload);
          if (!given?.sampled) return next(input);
          const { traceId, parentSpanId } = given;
          const { runId, workflowId } = workflowInfo();
          const spanId = spanIdOf(`${runId}/${input.updateId}`);
          const carried = defaultPayloadConverter.toPayload({ traceparent: `00-${traceId}-${spanId}-01` });
          const from = Date.now();
          const attributes = { temporalWorkflowId: workflowId, temporalUpdateId: input.updateId };
          const tell = (more: { readonly error?: string }) =>
            tracing.span({
              name: `HandleUpdate:${input.name}`,
              ...{ traceId, spanId, parentSpanId, from, to: Date.now(), attributes, ...more },
            });
          const handled = current.run(carried, () => next(input));
          handled.then(
            () => tell({}),
            (error: unknown) => tell({ error: failureType(error) }),
          );
          return handled;
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(carrying(input)),
        scheduleLocalActivity: (input, next) => next(carrying(input)),
      },
    ],
    internals: [
      {
        dispose(input, next) {
          current.disable();
          next(input);
        },
      },
    ],
  };
};
