import type { z } from 'zod';
import { RegistryChange } from '../change.ts';
import type { MessageSchema } from '../cloud-event.ts';
import { NoticeOrder, NoticeReceipt, RegistryAnswer, RegistryQuery } from '../registry.ts';
import type { ChannelName } from './channels.ts';
import {
  answerExamples,
  changeExamples,
  type MessageExample,
  orderExamples,
  queryExamples,
  receiptExamples,
} from './examples.ts';

/** One message of the contract, seen from an adapter. */
export type ContractMessage = {
  readonly schema: MessageSchema;
  readonly data: z.ZodType;
  readonly title: string;
  readonly summary: string;
  readonly channel: ChannelName;
  readonly action: 'receive' | 'send';
  readonly operation: string;
  /** Name of the message that is sent in answer to this one. */
  readonly answeredBy?: string;
  /** What its `Nats-Msg-Id` is. */
  readonly msgId: string;
  readonly examples: readonly MessageExample[];
};

/** The messages of the contract. A further message is a further row here, and its channels rows in channels.ts. */
export const contractMessages: Readonly<Record<string, ContractMessage>> = {
  registryQuery: {
    schema: 'registry-query/1',
    data: RegistryQuery,
    title: 'A question to a registry',
    summary: 'Look this organisation or person up and say what you hold.',
    channel: 'registryQueries',
    action: 'receive',
    operation: 'receiveRegistryQuery',
    answeredBy: 'registryAnswer',
    msgId: '`<query id>/<attempt>`',
    examples: queryExamples,
  },
  registryAnswer: {
    schema: 'registry-answer/1',
    data: RegistryAnswer,
    title: 'An answer of a registry',
    summary: 'Found, not found, refused for good, or unavailable for now.',
    channel: 'registryAnswers',
    action: 'send',
    operation: 'sendRegistryAnswer',
    msgId: '`<answer id>/<attempt>`',
    examples: answerExamples,
  },
  registryChange: {
    schema: 'registry-change/1',
    data: RegistryChange,
    title: 'A changed record',
    summary: 'A record of the registry changed, whether or not anybody asked.',
    channel: 'registryChanges',
    action: 'send',
    operation: 'sendRegistryChange',
    msgId: '`<registry>:<change id>`',
    examples: changeExamples,
  },
  noticeOrder: {
    schema: 'notice-order/1',
    data: NoticeOrder,
    title: 'A notice to deliver',
    summary: 'Deliver this notice to its addressee.',
    channel: 'noticeOrders',
    action: 'receive',
    operation: 'receiveNoticeOrder',
    answeredBy: 'noticeReceipt',
    msgId: '`<order id>/<attempt>`',
    examples: orderExamples,
  },
  noticeReceipt: {
    schema: 'notice-receipt/1',
    data: NoticeReceipt,
    title: 'What became of a notice',
    summary: 'Delivered to its addressee, or failed on this channel.',
    channel: 'noticeReceipts',
    action: 'send',
    operation: 'sendNoticeReceipt',
    msgId: '`<receipt id>/<attempt>`',
    examples: receiptExamples,
  },
};
