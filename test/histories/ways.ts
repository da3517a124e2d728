import type { History } from './history.ts';

const inputOf = ({ events }: History): string => {
  const attributes = events[0]?.workflowExecutionStartedEventAttributes as
    | { readonly input?: { readonly payloads?: readonly { readonly data?: string }[] } }
    | undefined;
  return Buffer.from(attributes?.input?.payloads?.[0]?.data ?? '', 'base64').toString('utf8');
};

const has = ({ events }: History, type: string): boolean =>
  events.some(({ eventType }) => eventType === `EVENT_TYPE_${type}`);

const schedules = ({ events }: History, activity: string): boolean =>
  events.some((event) => {
    const scheduled = event.activityTaskScheduledEventAttributes as
      | { readonly activityType?: { readonly name?: string } }
      | undefined;
    return scheduled?.activityType?.name === activity;
  });

/** The case wrote to its log in this run: with a local activity, of which there is a marker, or with a regular one. */
export const appends = (history: History): boolean =>
  schedules(history, 'record') ||
  history.events.some(({ markerRecordedEventAttributes }) => {
    const marker = markerRecordedEventAttributes as
      | {
          readonly details?: {
            readonly data?: { readonly payloads?: readonly { readonly data?: string }[] };
          };
        }
      | undefined;
    const data = marker?.details?.data?.payloads?.[0]?.data ?? '';
    return Buffer.from(data, 'base64').toString('utf8').includes('"record"');
  });

/** Ways in which a workflow can have come to where it stands, each with how a history shows it. */
const ways = {
  'a run that took over from another': (history) => inputOf(history).includes('"carried"'),
  'PostgreSQL was away, and the append went on as a regular activity': (h) => schedules(h, 'record'),
  'a timer came': (history) => has(history, 'TIMER_FIRED'),
  'a timer was not needed any more': (history) => has(history, 'TIMER_CANCELED'),
  'an activity answered': (history) => has(history, 'ACTIVITY_TASK_COMPLETED'),
  'nobody answered in time': (history) => has(history, 'ACTIVITY_TASK_TIMED_OUT'),
  'a question was not wanted any more': (history) => has(history, 'ACTIVITY_TASK_CANCEL_REQUESTED'),
  'an activity must not go on until an operator says so': (h) => has(h, 'ACTIVITY_TASK_FAILED'),
  'the log was ahead, and the caretaker said so': (history) =>
    history.events.some((event) =>
      JSON.stringify(event.workflowExecutionUpdateAcceptedEventAttributes ?? '').includes('wake:'),
    ),
} satisfies Readonly<Record<string, (history: History) => boolean>>;

export const everyWay: readonly string[] = Object.keys(ways);

/** The ways that a history is an example of. */
export const waysOf = (history: History): string[] =>
  Object.entries(ways).flatMap(([name, shows]) => (shows(history) ? [name] : []));
