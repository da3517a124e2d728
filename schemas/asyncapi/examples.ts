import type { z } from 'zod';
import type { RegistryChange } from '../change.ts';
import { type MessageSchema, messageOf, OWN_SOURCE, sourceOf } from '../cloud-event.ts';
import type { NoticeOrder, NoticeReceipt, RegistryAnswer, RegistryQuery } from '../registry.ts';

/** A message in its envelope, with a name and a sentence. Organisations and persons in it are invented. */
export type MessageExample = {
  readonly name: string;
  readonly summary: string;
  readonly payload: ReturnType<typeof messageOf>;
};

const ASKED_AT = '2025-04-02T01:00:00.000Z';
const ANSWERED_AT = '2025-04-02T01:00:04.120Z';
const QUERY_ID = 'registration-019600d1.TAX.1';

/** An example of data that go from a source in an envelope of this id. */
export function example<D extends { readonly schema: MessageSchema }>(
  name: string,
  summary: string,
  sending: { readonly id: string; readonly source: string; readonly time: string },
  data: D,
): MessageExample {
  return { name, summary, payload: messageOf(sending, data) };
}

const query = {
  schema: 'registry-query/1',
  id: QUERY_ID,
  registry: 'TAX',
  attempt: 1,
  attempts: 3,
  askedAt: ASKED_AT,
  answerBy: '2025-04-02T02:00:00.000Z',
  correlationId: 'c-019600d1',
  subject: {
    category: 'ENTERPRISE',
    code: '0100000001',
    taxCode: '0100000001',
    nameVi: 'Công ty TNHH Ví Dụ',
  },
  fields: ['name_vi', 'address', 'tax_code'],
} satisfies RegistryQuery;

const asked = (name: string, summary: string, data: RegistryQuery) =>
  example(name, summary, { id: `${data.id}/${data.attempt}`, source: OWN_SOURCE, time: data.askedAt }, data);

const POPULATION_ID = 'registration-019600d1.POPULATION.1';
const oldest: RegistryQuery = {
  schema: query.schema,
  id: query.id,
  registry: query.registry,
  attempt: query.attempt,
  askedAt: query.askedAt,
  correlationId: query.correlationId,
  subject: { category: 'ENTERPRISE', nameVi: 'Công ty TNHH Ví Dụ' },
  fields: query.fields,
};

export const queryExamples: readonly MessageExample[] = [
  asked('first', 'An enterprise is looked up at the tax office by its codes.', query),
  asked('again', 'The same question once more: nobody answered the first attempt in time.', {
    ...query,
    attempt: 2,
    askedAt: '2025-04-02T02:00:05.000Z',
    answerBy: '2025-04-02T03:00:05.000Z',
  }),
  asked('person', 'A representative is looked up in the population register by number.', {
    ...query,
    id: POPULATION_ID,
    registry: 'POPULATION',
    subject: { category: 'ENTERPRISE', nameVi: 'Công ty TNHH Ví Dụ', personNumber: '001099000001' },
    fields: ['representative_name', 'representative_id'],
  }),
  asked('oldest', 'No more than version 1 requires: what was added later is missing.', oldest),
];

const answerHead = {
  schema: 'registry-answer/1',
  id: `${QUERY_ID}:TAX`,
  queryId: QUERY_ID,
  attempt: 1,
  registry: 'TAX',
  reference: 'GDT-2025-000123',
  answeredAt: ANSWERED_AT,
} as const;

const answered = (name: string, summary: string, data: RegistryAnswer) =>
  example(name, summary, { id: data.id, source: sourceOf(data.registry), time: data.answeredAt }, data);

const values = { name_vi: 'CÔNG TY TNHH VÍ DỤ', address: 'Số 1 đường Ví Dụ', tax_code: '0100000001' };
const found = { ...answerHead, outcome: 'FOUND', values } as const;
const later = { ...answerHead, id: `${QUERY_ID}:TAX:unavailable:1`, outcome: 'UNAVAILABLE' } as const;

export const answerExamples: readonly MessageExample[] = [
  answered('found', 'The record, with the fields that were asked for and are held.', {
    ...found,
    status: 'ACTIVE',
  }),
  answered('suspended', 'The record is suspended.', {
    ...found,
    status: 'SUSPENDED',
    statusSince: '2025-01-15',
  }),
  answered('ceased', 'The organisation has ceased to operate.', {
    ...found,
    status: 'CEASED',
    statusSince: '2024-12-31',
  }),
  answered('dissolved', 'The organisation is dissolved.', {
    ...found,
    status: 'DISSOLVED',
    statusSince: '2024-01-31',
  }),
  answered('notFound', 'The registry looked and has no such record.', {
    ...answerHead,
    outcome: 'NOT_FOUND',
  }),
  answered('refused', 'The registry will not answer this question: a person has to look.', {
    ...answerHead,
    outcome: 'REFUSED',
    reason: 'NOT_AUTHORISED',
    detail: 'no agreement covers this category of organisations',
  }),
  answered('busy', 'The registry cannot answer now and says when to ask again.', {
    ...later,
    reference: 'TAX-unavailable-1',
    cause: 'BUSY',
    detail: 'maintenance until 09:00',
    retryAfterMs: 600_000,
  }),
  answered('broken', 'What stands before the registry fails.', {
    ...later,
    reference: 'TAX-unavailable-1',
    cause: 'BROKEN',
    detail: 'EID_ERR_ADAPTER: the adapter failed',
  }),
  answered('oldest', 'No more than version 1 requires.', {
    schema: 'registry-answer/1',
    id: answerHead.id,
    queryId: QUERY_ID,
    registry: 'TAX',
    reference: answerHead.reference,
    answeredAt: ANSWERED_AT,
    outcome: 'NOT_FOUND',
  }),
];

type Change = z.input<typeof RegistryChange>;
const change = {
  schema: 'registry-change/1',
  id: 'BUSINESS-2025-000123',
  registry: 'BUSINESS',
  reference: 'GCN-000123',
  changedAt: '2025-04-02T01:00:00.000Z',
  subject: { code: '0100000001' },
} satisfies Change;

const told = (name: string, summary: string, data: Change) =>
  example(name, summary, { id: data.id, source: sourceOf(data.registry), time: data.changedAt }, data);

export const changeExamples: readonly MessageExample[] = [
  told('moved', 'The head office has moved.', { ...change, values: { address: 'Số 2 đường Ví Dụ' } }),
  told('dissolved', 'The organisation is dissolved.', {
    ...change,
    id: 'BUSINESS-2025-000124',
    status: 'DISSOLVED',
    statusSince: '2025-04-01',
  }),
  told('merged', 'The organisation was merged into another one.', {
    ...change,
    id: 'BUSINESS-2025-000125',
    status: 'DISSOLVED',
    statusSince: '2025-04-01',
    mergedInto: { code: '0100000002' },
  }),
];

const ORDER_ID = 'account-10000000001.notice1.1';
const order = {
  schema: 'notice-order/1',
  id: ORDER_ID,
  channel: 'SMS',
  attempt: 1,
  askedAt: ASKED_AT,
  correlationId: 'c-019600d1',
  to: { name: 'Nguyễn Văn Ví Dụ', address: '+84900000001' },
  template: 'ACCOUNT_ISSUED',
  values: { number: '10000000001' },
} satisfies NoticeOrder;

export const orderExamples: readonly MessageExample[] = [
  example(
    'issued',
    'The owner is told that the account was issued.',
    { id: `${ORDER_ID}/1`, source: OWN_SOURCE, time: ASKED_AT },
    order,
  ),
];

const received = (name: string, summary: string, data: NoticeReceipt) =>
  example(name, summary, { id: data.id, source: sourceOf(data.channel), time: data.at }, data);

const receipt = {
  schema: 'notice-receipt/1',
  id: `${ORDER_ID}:SMS`,
  orderId: ORDER_ID,
  channel: 'SMS',
  reference: 'SMS-77001',
  at: ANSWERED_AT,
} as const;

export const receiptExamples: readonly MessageExample[] = [
  received('delivered', 'The addressee has received it.', { ...receipt, outcome: 'DELIVERED' }),
  received('failed', 'It cannot be delivered on this channel; the next one is tried.', {
    ...receipt,
    outcome: 'FAILED',
    detail: 'the number is not in service',
  }),
];
