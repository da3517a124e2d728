import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { z } from 'zod';

/** An event of a workflow's history as the server gives it. */
export type HistoryEvent = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>[number];

/** An Update that was carried out, and the version that it answered. */
export type AnsweredUpdate = { readonly commandId: string; readonly type: string; readonly version: number };

/** An event of the log as the workflow read it. */
export type KnownFact = { readonly version: number; readonly commandId: string } & Readonly<
  Record<string, unknown>
>;

/** What the history of one run says about the log. */
export type Evidence = {
  /** The policy that the case pinned at its start. */
  readonly policy: unknown;
  /** The version up to which it took over what an earlier run knew. */
  readonly carriedVersion: number;
  /** Ids of the Updates that were taken, whatever became of them. */
  readonly accepted: readonly string[];
  readonly updates: readonly AnsweredUpdate[];
  /** Versions up to which the log said that it had recorded a command. */
  readonly recorded: readonly number[];
  readonly facts: readonly KnownFact[];
};

const StartInput = z.looseObject({
  policy: z.unknown(),
  carried: z.looseObject({ version: z.number() }).optional(),
});
const Sent = z.looseObject({ type: z.string() });
const Answered = z.looseObject({ version: z.number() });
const Fact = z.looseObject({ version: z.number(), commandId: z.string() });
const Recorded = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('recorded'), version: z.number() }),
  z.looseObject({ kind: z.literal('ahead'), events: z.array(Fact) }),
  z.looseObject({ kind: z.literal('reserved') }),
]);
const Marked = z.looseObject({ activity_type: z.string() });

/** Reads the history of a run of a case, event by event. What is not about the log is passed over. */
export async function evidenceIn(
  events: AsyncIterable<HistoryEvent> | Iterable<HistoryEvent>,
): Promise<Evidence> {
  let policy: unknown;
  let carriedVersion = 0;
  const sent = new Map<string, string>();
  const scheduled = new Map<string, string>();
  const updates: AnsweredUpdate[] = [];
  const recorded: number[] = [];
  const facts: KnownFact[] = [];

  const answered = (activity: string | undefined, result: unknown) => {
    if (activity === 'readAfter') facts.push(...(z.array(Fact).safeParse(result).data ?? []));
    if (activity !== 'record') return;
    const answer = Recorded.safeParse(result).data;
    if (answer?.kind === 'recorded') recorded.push(answer.version);
    if (answer?.kind === 'ahead') facts.push(...answer.events);
  };

  for await (const event of events) {
    const started = event.workflowExecutionStartedEventAttributes;
    if (started) {
      const input = StartInput.safeParse(valueIn(started.input?.payloads)).data;
      policy = input?.policy;
      carriedVersion = input?.carried?.version ?? 0;
    }
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest;
    if (accepted?.meta?.updateId && accepted.input?.name === 'command') {
      const command = Sent.safeParse(valueIn(accepted.input.args?.payloads)).data;
      sent.set(accepted.meta.updateId, command?.type ?? '');
    }
    const completed = event.workflowExecutionUpdateCompletedEventAttributes;
    const id = completed?.meta?.updateId;
    const answer = Answered.safeParse(valueIn(completed?.outcome?.success?.payloads)).data;
    if (id && answer) updates.push({ commandId: id, type: sent.get(id) ?? '', version: answer.version });
    const marker = event.markerRecordedEventAttributes;
    if (marker?.markerName === 'core_local_activity') {
      const activity = Marked.safeParse(valueIn(marker.details?.data?.payloads)).data;
      answered(activity?.activity_type, valueIn(marker.details?.result?.payloads));
    }
    const asked = event.activityTaskScheduledEventAttributes?.activityType?.name;
    if (asked) scheduled.set(String(event.eventId), asked);
    const done = event.activityTaskCompletedEventAttributes;
    if (done) answered(scheduled.get(String(done.scheduledEventId)), valueIn(done.result?.payloads));
  }
  return { policy, carriedVersion, accepted: [...sent.keys()], updates, recorded, facts };
}

function valueIn(payloads: readonly Payload[] | null | undefined): unknown {
  const [first] = payloads ?? [];
  return first ? defaultPayloadConverter.fromPayload(first) : undefined;
}
