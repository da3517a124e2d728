import type { Logger } from 'pino';
import type { NoticeChannel } from '../../schemas/enums.ts';
import type {
  NoticeOrder,
  NoticeReceipt,
  Party,
  RecordValues,
  Registry,
  RegistryAnswer,
  RegistryQuery,
  RegistryStatus,
} from '../../schemas/registry.ts';

/** What a look-up found. Times are the registry's own; without one the adapter's clock is taken. */
export type LookupResult =
  | {
      readonly outcome: 'FOUND';
      readonly reference: string;
      readonly status: RegistryStatus;
      readonly statusSince?: string | undefined;
      readonly values: RecordValues;
      readonly answeredAt?: string;
    }
  | { readonly outcome: 'NOT_FOUND'; readonly reference: string; readonly answeredAt?: string }
  /** The registry cannot say at present. Never to be used for "not found". */
  | { readonly outcome: 'UNAVAILABLE'; readonly detail: string; readonly retryAfterMs?: number | undefined };

export type DeliveryResult = {
  /** `DELIVERED`: received by the addressee. */
  readonly outcome: 'DELIVERED' | 'FAILED';
  readonly reference: string;
  readonly at?: string;
  readonly detail?: string;
};

export type AskContext = {
  /** Aborted when the adapter stops; the question then comes again to the next one. */
  readonly signal: AbortSignal;
  /** Carries the question's id and correlation id. Never log values, names or numbers of persons. */
  readonly log: Logger;
};

export type Question = RegistryQuery | NoticeOrder;
export type Reply = RegistryAnswer | NoticeReceipt;
/** Publishes something as an answer; `msgId` tells it from others, `party` is whose subject it goes to. */
export type Send = (message: { payload: string; msgId: string; party?: Party }) => Promise<void>;

type Common = {
  /** Questions worked on at once, over all processes of the party. */
  readonly concurrency: number;
  readonly rateLimitPerSecond?: number;
  /** Takes the place of sending the reply. For rehearsals, where a party misbehaves. */
  respond?(question: Question, reply: Reply, send: Send): Promise<void>;
};

/** Asks a registry. `lookup` throwing means that the adapter failed: the question is tried again. */
export type RegistryAdapter = Common & {
  readonly party: Registry;
  lookup(query: RegistryQuery, context: AskContext): Promise<LookupResult>;
};

/** Hands notices to a channel. The same order may come twice after a crash: pass its id on where the channel can use it. */
export type ChannelAdapter = Common & {
  readonly party: NoticeChannel;
  deliver(order: NoticeOrder, context: AskContext): Promise<DeliveryResult>;
};

export type Adapter = RegistryAdapter | ChannelAdapter;

/**
 * Describes an adapter; `runAdapter` runs it.
 *
 * @example
 * const tax = defineAdapter({
 *   party: 'TAX',
 *   concurrency: 8,
 *   rateLimitPerSecond: 20,
 *   lookup: async ({ subject }, { signal }) => askTaxDepartment(subject.taxCode, signal),
 * });
 *
 * @throws RangeError when concurrency or rate is not positive
 */
export function defineAdapter<A extends Adapter>(adapter: A): A {
  const { concurrency, rateLimitPerSecond = 1 } = adapter;
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new RangeError('concurrency must be at least 1');
  if (!(rateLimitPerSecond > 0)) throw new RangeError('rateLimitPerSecond must be positive');
  return adapter;
}
