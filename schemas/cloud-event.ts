import { z } from 'zod';

/** Media type of a CloudEvent in structured JSON mode (CloudEvents 1.0, JSON event format). */
export const CLOUD_EVENT_JSON = 'application/cloudevents+json';

/** Types of the messages between this system and the parties on NATS, by the `schema` of the data that they carry. */
export const messageTypes = {
  'registry-query/1': 'orgeid.registry.query.v1',
  'registry-answer/1': 'orgeid.registry.answer.v1',
  'registry-change/1': 'orgeid.registry.change.v1',
  'notice-order/1': 'orgeid.notice.order.v1',
  'notice-receipt/1': 'orgeid.notice.receipt.v1',
} as const;

/** Name and version of a message's data, as its `schema` says it. */
export type MessageSchema = keyof typeof messageTypes;

/** `source` of what this system sends. */
export const OWN_SOURCE = '/orgeid';
/** `source` of what a party sends. */
export const sourceOf = (party: string): string => `/registries/${party}`;

/** `urn:orgeid:schema:registry-query` of `registry-query/1`: the id of its JSON Schema file. */
export const dataSchemaOf = (schema: MessageSchema): string =>
  `urn:orgeid:schema:${schema.slice(0, schema.indexOf('/'))}`;

/**
 * The envelope of a message: a CloudEvent 1.0. Attributes that are not known are ignored, those that the specification leaves
 * optional may be missing; what the message means is in `data`.
 */
export const MessageEnvelope = z.object({
  specversion: z.literal('1.0'),
  /** The same message sent again carries the same id. */
  id: z.string().min(1).max(250),
  source: z.string().min(1).max(200),
  /** `orgeid.<message>.v<major>` */
  type: z.string().min(1).max(100),
  time: z.iso.datetime({ offset: true }).optional(),
  datacontenttype: z
    .string()
    .regex(/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i)
    .optional(),
  dataschema: z.string().max(500).optional(),
  data: z.unknown(),
});
export type MessageEnvelope = z.infer<typeof MessageEnvelope>;

/** What an envelope says beside its data. */
export type Sending = {
  /** Names this message: sent again it is the same one. */
  readonly id: string;
  readonly source: string;
  /** When what it tells of happened, ISO 8601. */
  readonly time: string;
};

/** Data in its envelope; the `schema` of the data gives the type. */
export const messageOf = <D extends { readonly schema: MessageSchema }>(
  { id, source, time }: Sending,
  data: D,
) => ({
  specversion: '1.0' as const,
  id,
  source,
  type: messageTypes[data.schema],
  time,
  datacontenttype: 'application/json',
  dataschema: dataSchemaOf(data.schema),
  data,
});
