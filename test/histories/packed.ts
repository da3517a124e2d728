import { createHash } from 'node:crypto';
import type { History, HistoryEvent } from './history.ts';

/** Policies that histories pin, by a digest of their content: a case's start input holds a whole one, most hold the same. */
export type Policies = Readonly<Record<string, unknown>>;

type Payload = { readonly data?: string };
type Input = { readonly input?: { readonly payloads?: readonly Payload[] } };
type Start = { readonly policy?: unknown };

/** The events that carry the input of a run: its start, and its end when another run follows. */
const carriers = [
  'workflowExecutionStartedEventAttributes',
  'workflowExecutionContinuedAsNewEventAttributes',
] as const;

const decode = (data: string): Start => JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as Start;
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64');

function withPolicies({ events }: History, change: (policy: unknown) => unknown): History {
  const payload = (one: Payload): Payload => {
    if (one.data === undefined) return one;
    const start = decode(one.data);
    return start.policy === undefined
      ? one
      : { ...one, data: encode({ ...start, policy: change(start.policy) }) };
  };
  const eventOf = (event: HistoryEvent): HistoryEvent => {
    const name = carriers.find((carrier) => carrier in event);
    if (!name) return event;
    const attributes = event[name] as Input;
    const payloads = attributes.input?.payloads?.map(payload);
    return payloads
      ? { ...event, [name]: { ...attributes, input: { ...attributes.input, payloads } } }
      : event;
  };
  return { events: events.map(eventOf) };
}

/** The history with the digest of each policy in its place, and the policies. */
export function pack(history: History): { readonly packed: History; readonly policies: Policies } {
  const policies: Record<string, unknown> = {};
  const packed = withPolicies(history, (policy) => {
    const digest = createHash('sha256').update(JSON.stringify(policy)).digest('hex').slice(0, 16);
    policies[digest] = policy;
    return digest;
  });
  return { packed, policies };
}

/** The history as it was. @throws when a policy is missing */
export const unpack = (packed: History, policies: Policies): History =>
  withPolicies(packed, (digest) => {
    const policy = policies[String(digest)];
    if (policy === undefined) throw new Error(`policies.json has no ${String(digest)}`);
    return policy;
  });
