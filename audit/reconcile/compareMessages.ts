import { encodeCloudEvent } from '../../bus/cloudevents.ts';
import { parseJson } from '../../bus/json.ts';
import { eventSubject } from '../../bus/subjects.ts';
import type { LoggedEvent } from '../../schemas/case.ts';
import type { Discrepancy, KindOf } from './discrepancy.ts';

/** A message of stream EVENTS. */
export type Delivered = {
  readonly seq: number;
  readonly subject: string;
  /** Header `Nats-Msg-Id`; empty without it. */
  readonly msgId: string;
  readonly data: Uint8Array;
};

/** What is to be compared: both in order of position, each of them from `from` to `to`. */
export type MessageSides = {
  readonly messages: AsyncIterable<Delivered>;
  readonly events: AsyncIterable<LoggedEvent>;
};

/** A position at which log and stream differ. */
export type Misdelivered = Discrepancy & { readonly position: number };

/** Yields each position at which the stream does not hold the very message that the relay makes of the event there. Holds one of each. */
export async function* compareMessages({
  messages,
  events,
}: MessageSides): AsyncGenerator<Misdelivered, number> {
  const sent = messages[Symbol.asyncIterator]();
  const logged = events[Symbol.asyncIterator]();
  let [message, event] = [await sent.next(), await logged.next()];
  let compared = 0;
  while (!message.done || !event.done) {
    const [seq, position] = [seqOf(message), positionOf(event)];
    const difference = compareMessage(
      seq <= position && !message.done ? message.value : undefined,
      position <= seq && !event.done ? event.value : undefined,
    );
    if (difference) yield difference;
    else compared += 1;
    if (seq <= position) message = await sent.next();
    if (position <= seq) event = await logged.next();
  }
  return compared;
}

const seqOf = (next: IteratorResult<Delivered>) => (next.done ? Number.POSITIVE_INFINITY : next.value.seq);
const positionOf = (next: IteratorResult<LoggedEvent>) =>
  next.done ? Number.POSITIVE_INFINITY : next.value.position;

/** What stands at one position in both. */
export function compareMessage(
  message: Delivered | undefined,
  event: LoggedEvent | undefined,
): Misdelivered | undefined {
  if (!message)
    return event && at(event.position, 'MESSAGE_MISSING', 'the stream does not hold this event', { event });
  if (!event) return foreign(message);
  const differing = differingIn(message, event);
  if (differing.length === 0) return undefined;
  const { position } = attributesOf(message);
  const elsewhere = typeof position === 'number' && position !== message.seq;
  return at(
    message.seq,
    elsewhere ? 'MESSAGE_DUPLICATED' : 'MESSAGE_DIFFERS',
    elsewhere
      ? `the message of position ${position} stands here as well`
      : `the message is not what the relay makes of the event: ${differing.join(', ')}`,
    { event, found: differing },
  );
}

function foreign(message: Delivered): Misdelivered {
  const { position } = attributesOf(message);
  const whose =
    typeof position === 'number' && position !== message.seq ? ` and says it is position ${position}` : '';
  return at(message.seq, 'MESSAGE_WITHOUT_EVENT', `the log holds no event here${whose}`, {
    found: message.subject,
    stream: message.subject.split('.')[2],
  });
}

function at(
  position: number,
  kind: KindOf<'DELIVERY'>,
  detail: string,
  more: { readonly event?: LoggedEvent; readonly found?: unknown; readonly stream?: string | undefined },
): Misdelivered {
  const { event, found, stream = event?.stream } = more;
  const { version, commandId } = event ?? {};
  return {
    source: 'DELIVERY',
    kind,
    detail,
    position,
    ...(stream === undefined ? {} : { stream }),
    ...(version === undefined ? {} : { version }),
    ...(commandId === undefined ? {} : { commandId }),
    ...(found === undefined ? {} : { found }),
  };
}

const NAMED = [
  'id',
  'source',
  'type',
  'subject',
  'time',
  'data',
  'position',
  'hash',
  'prevhash',
  'commandid',
];

/** Names of what differs: subject, message id, attributes of the CloudEvent, or only the bytes. */
function differingIn(message: Delivered, event: LoggedEvent): string[] {
  const expected = encodeCloudEvent(event);
  const outer = [
    ...(message.subject === eventSubject(event) ? [] : ['nats subject']),
    ...(message.msgId === event.hash ? [] : ['message id']),
  ];
  if (Buffer.from(message.data).equals(Buffer.from(expected, 'utf8'))) return outer;
  const want = JSON.parse(expected) as Record<string, unknown>;
  const have = attributesOf(message);
  const attributes = NAMED.filter((name) => JSON.stringify(want[name]) !== JSON.stringify(have[name]));
  return [...outer, ...(attributes.length > 0 ? attributes : ['bytes'])];
}

function attributesOf({ data }: Delivered): Record<string, unknown> {
  const body = parseJson(data);
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
