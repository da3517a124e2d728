import type { Logger } from 'pino';
import type { z } from 'zod';
import type { RegistryChange } from '../../schemas/change.ts';
import type { NoticeChannel } from '../../schemas/enums.ts';
import type {
  NoticeOrder,
  NoticeReceipt,
  Party,
  Registry,
  RegistryAnswer,
  RegistryQuery,
} from '../../schemas/registry.ts';
import type { DeliveryResult, LookupResult } from './results.ts';
import { invalid } from './settings.ts';

export type { DeliveryResult, LookupResult } from './results.ts';

export type AskContext = {
  /** Aborted when the adapter stops; the question then comes again to the next one. */
  readonly signal: AbortSignal;
  /** Carries the question's id and correlation id; redacts what is known to be personal. Never log values, names or numbers of persons. */
  readonly log: Logger;
};

export type ChangesContext = {
  /** The cursor of the last change that was stored, or its id where it gave none; undefined at the very first. */
  readonly since: string | undefined;
  /** Aborted when the adapter stops. */
  readonly signal: AbortSignal;
  readonly log: Logger;
};

/** A change as an adapter tells it; the kit adds the rest of the message (schemas/change.ts). */
export type ToldChange = Omit<z.input<typeof RegistryChange>, 'schema' | 'registry'> & {
  /** Where to go on after it, in the registry's own terms; not sent. */
  readonly cursor?: string;
};

export type Question = RegistryQuery | NoticeOrder;
export type Reply = RegistryAnswer | NoticeReceipt;
/** Publishes something as an answer; `msgId` tells it from others, `party` is whose subject it goes to. */
export type Send = (message: { payload: string; msgId: string; party?: Party }) => Promise<void>;

type Limits = {
  /** Look-ups or deliveries at once in this process (default 8). */
  readonly concurrency?: number;
  /** Look-ups or deliveries begun in a second by this process, evenly spaced; as many as come when absent. */
  readonly rateLimitPerSecond?: number;
};

type Rehearsing = {
  /** Takes the place of sending the reply. For rehearsals, where a party misbehaves. */
  respond?(question: Question, reply: Reply, send: Send): Promise<void>;
};

export type RegistryDefinition = Limits &
  Rehearsing & {
    readonly registry: Registry;
    /**
     * Looks a record up: `found`, `notFound`, `refused` or `tryLater` (results.ts). Throwing means that the adapter is broken: the
     * question is tried again with growing pauses, and then answered as unavailable, cause `BROKEN`.
     */
    lookup(query: RegistryQuery, context: AskContext): Promise<LookupResult> | LookupResult;
    /**
     * Tells the changes of the registry since a cursor, oldest first; each is published once, in order, before the next is asked
     * for. When it ends it is called again after `changesEveryMs`, when it throws after a growing pause.
     */
    changes?(context: ChangesContext): AsyncIterable<ToldChange>;
    /** Pause before `changes` is called again after it ended, in ms (default 10 000). */
    readonly changesEveryMs?: number;
  };

export type ChannelDefinition = Limits &
  Rehearsing & {
    readonly channel: NoticeChannel;
    /** Hands a notice to the channel. The same order may come twice after a crash: pass its id on where the channel can use it. */
    deliver(order: NoticeOrder, context: AskContext): Promise<DeliveryResult> | DeliveryResult;
  };

export type RegistryAdapter = RegistryDefinition & { readonly party: Registry; readonly concurrency: number };
export type ChannelAdapter = ChannelDefinition & {
  readonly party: NoticeChannel;
  readonly concurrency: number;
};
export type Adapter = RegistryAdapter | ChannelAdapter;

const DEFAULT_CONCURRENCY = 8;

/**
 * Describes an adapter; `serveAdapter` makes a process of it, `runAdapter` runs it within one.
 *
 * @example
 * const tax = defineAdapter({
 *   registry: 'TAX',
 *   rateLimitPerSecond: 20,
 *   lookup: async ({ subject }, { signal }) => {
 *     const record = await askTaxDepartment(subject.taxCode, signal);
 *     return record ? found({ reference: record.id, status: 'ACTIVE', values: { name_vi: record.name } }) : notFound('none');
 *   },
 * });
 *
 * @throws SettingsError `EID_ERR_USAGE` when concurrency or rate is not positive
 */
export function defineAdapter(definition: RegistryDefinition): RegistryAdapter;
export function defineAdapter(definition: ChannelDefinition): ChannelAdapter;
export function defineAdapter(definition: RegistryDefinition | ChannelDefinition): Adapter {
  const { concurrency = DEFAULT_CONCURRENCY, rateLimitPerSecond = 1 } = definition;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw invalid('concurrency is a whole number of at least 1');
  }
  if (!(rateLimitPerSecond > 0)) throw invalid('rateLimitPerSecond is more than 0');
  if ('registry' in definition) return { ...definition, party: definition.registry, concurrency };
  return { ...definition, party: definition.channel, concurrency };
}
