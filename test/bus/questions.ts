import type { NoticeOrder, Registry, RegistryQuery } from '../../schemas/registry.ts';

const ASKED_AT = '2025-04-02T01:00:00.000Z';

/** A query to a registry about an organisation that does not exist. */
export function queryTo(registry: Registry, change: Partial<RegistryQuery> = {}): RegistryQuery {
  return {
    schema: 'registry-query/1',
    id: `registration-1.${registry}.1`,
    registry,
    attempt: 1,
    askedAt: ASKED_AT,
    correlationId: 'correlation-1',
    subject: {
      category: 'ENTERPRISE',
      code: '0100000001',
      taxCode: '0100000001',
      nameVi: 'Công ty TNHH Ví Dụ',
      personNumber: '001099000001',
    },
    fields: ['name_vi', 'address', 'representative_name'],
    ...change,
  };
}

export const taxQuery = (change: Partial<RegistryQuery> = {}): RegistryQuery => queryTo('TAX', change);

/** An SMS to the owner of an account. */
export function smsOrder(change: Partial<NoticeOrder> = {}): NoticeOrder {
  return {
    schema: 'notice-order/1',
    id: 'account-1.notice-1.1',
    channel: 'SMS',
    attempt: 1,
    askedAt: ASKED_AT,
    correlationId: 'correlation-1',
    to: { name: 'Nguyễn Văn Ví Dụ', address: '+84900000001' },
    template: 'ACCOUNT_ISSUED',
    values: { number: '10000000001' },
    ...change,
  };
}
