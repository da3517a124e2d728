import canonicalizeModule from 'canonicalize';
import { caseTypeOf, type LoggedEvent } from '../schemas/case.ts';

// The package is CommonJS; its types describe an ES default export.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** A logged event as a CloudEvents 1.0 event; the attributes after `data` are extensions of this project. */
export type CloudEvent = {
  readonly specversion: '1.0';
  /** The event's hash: unique, and the same however often the event is published. */
  readonly id: string;
  /** `/orgeid/<case type>` */
  readonly source: string;
  /** `orgeid.<case type>.<event type>` */
  readonly type: string;
  /** The case's stream. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
  /** Position in the log and sequence in stream `EVENTS`. */
  readonly position: number;
  readonly streamversion: number;
  readonly hash: string;
  readonly prevhash: string;
  readonly commandid: string;
  readonly correlationid?: string;
  readonly recordedtime: string;
  readonly actorid: string;
  readonly actorname: string;
  readonly actorunit?: string;
};

/** Attribute names are lower-case letters and digits, as CloudEvents 1.0 asks. */
export function toCloudEvent(event: LoggedEvent): CloudEvent {
  const caseType = caseTypeOf(event.stream);
  return {
    specversion: '1.0',
    id: event.hash,
    source: `/orgeid/${caseType}`,
    type: `orgeid.${caseType}.${event.type}`,
    subject: event.stream,
    time: event.at,
    datacontenttype: 'application/json',
    data: event.data,
    position: event.position,
    streamversion: event.version,
    hash: event.hash,
    prevhash: event.prevHash,
    commandid: event.commandId,
    ...(event.correlationId === undefined ? {} : { correlationid: event.correlationId }),
    recordedtime: event.recordedAt,
    actorid: event.by.id,
    actorname: event.by.name,
    ...(event.by.unit === undefined ? {} : { actorunit: event.by.unit }),
  };
}

/** Canonical JSON (RFC 8785), so that a refilled stream is the same byte for byte. */
export function encodeCloudEvent(event: LoggedEvent): string {
  const text = canonicalize(toCloudEvent(event));
  if (text === undefined) throw new TypeError('an event has no JSON form');
  return text;
}
