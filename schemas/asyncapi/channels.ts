import { NoticeChannel } from '../enums.ts';
import { Registry } from '../registry.ts';

/** A subject of NATS, or a family of them. */
export type ContractChannel = {
  readonly title: string;
  /** The subject; its parameter in braces. */
  readonly address: string;
  readonly parameter: string;
  /** Those that there are, where the list is closed. */
  readonly parties?: readonly string[];
  readonly stream: string;
  readonly description: string;
};

const registries = { parameter: 'registry', parties: Registry.options };
const gateways = { parameter: 'channel', parties: NoticeChannel.options };

/** Where the messages go, seen from an adapter. A further kind of party is a further row. */
export const contractChannels = {
  registryQueries: {
    ...registries,
    title: 'Questions to a registry',
    address: 'queries.{registry}',
    stream: 'QUERIES',
    description:
      'Work queue of the registry. Bind to the durable pull consumer that is named like the registry; the system has created it. ' +
      'Acknowledge a question once its answer is stored; keep a slow one alive (`+WPI`) before its acknowledgement is due.',
  },
  registryAnswers: {
    ...registries,
    title: 'Answers of a registry',
    address: 'answers.{registry}',
    stream: 'ANSWERS',
    description:
      'Publish with JetStream, wait for the acknowledgement, and publish again under the same `Nats-Msg-Id` until it comes.',
  },
  registryChanges: {
    ...registries,
    title: 'Changed records of a registry',
    address: 'changes.{registry}',
    stream: 'CHANGES',
    description:
      'Publish with JetStream whenever a record changed, as answers are published. Nothing comes back.',
  },
  noticeOrders: {
    ...gateways,
    title: 'Notices to deliver',
    address: 'queries.{channel}',
    stream: 'QUERIES',
    description: 'Work queue of the gateway of a notification channel; as the questions to a registry.',
  },
  noticeReceipts: {
    ...gateways,
    title: 'What became of notices',
    address: 'answers.{channel}',
    stream: 'ANSWERS',
    description: 'As the answers of a registry.',
  },
} as const satisfies Record<string, ContractChannel>;

export type ChannelName = keyof typeof contractChannels;
