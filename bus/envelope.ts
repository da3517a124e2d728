import {
  CLOUD_EVENT_JSON,
  MessageEnvelope,
  type MessageSchema,
  messageOf,
  messageTypes,
  type Sending,
} from '../schemas/cloud-event.ts';
import { issuesOf, parseJson } from './json.ts';

/** A message as it goes over the wire: its data, whose `schema` gives the type, in the envelope. */
export const encodeMessage = <D extends { readonly schema: MessageSchema }>(
  sending: Sending,
  data: D,
): string => JSON.stringify(messageOf(sending, data));

/** Headers of a message in its envelope. */
export const messageHeaders = (correlationId: string | undefined): Record<string, string> => ({
  'Content-Type': CLOUD_EVENT_JSON,
  ...(correlationId === undefined ? {} : { 'Correlation-Id': correlationId }),
});

/** What came: the data of a message of one of the expected kinds, or why it is none. Details name paths, never values. */
export type Opened<S extends MessageSchema> =
  | { readonly ok: true; readonly schema: S; readonly data: unknown }
  | { readonly ok: false; readonly detail: string; readonly data?: unknown };

/**
 * Opens the envelope of a message of one of these kinds. Its attributes may be more than are known here; its type may not be
 * another one, nor of another major version. Whether `data` has its shape is for the caller to see.
 */
export function openMessage<S extends MessageSchema>(expected: readonly S[], bytes: Uint8Array): Opened<S> {
  const body = parseJson(bytes);
  if (body === undefined) return { ok: false, detail: 'not JSON' };
  const parsed = MessageEnvelope.safeParse(body);
  if (!parsed.success) return { ok: false, detail: issuesOf(parsed.error), ...dataIn(body) };
  const { type, data } = parsed.data;
  const schema = expected.find((one) => messageTypes[one] === type);
  if (schema !== undefined) return { ok: true, schema, data };
  const related = expected.some((one) => withoutVersion(messageTypes[one]) === withoutVersion(type));
  return { ok: false, detail: related ? 'type: unknown version' : 'type: not expected here', data };
}

const withoutVersion = (type: string): string => type.replace(/\.v\d+$/, '');

const dataIn = (body: unknown): { readonly data?: unknown } =>
  typeof body === 'object' && body !== null && 'data' in body ? { data: body.data } : {};
