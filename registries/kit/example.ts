import { defineAdapter, found, notFound, serveAdapter } from './index.ts';

const records = new Map([['0100000001', { name_vi: 'Công ty TNHH Ví Dụ', tax_code: '0100000001' }]]);

const tax = defineAdapter({
  registry: 'TAX',
  lookup({ id, subject }) {
    const values = records.get(subject.taxCode ?? subject.code ?? '');
    return values ? found({ reference: `GDT-${id}`, status: 'ACTIVE', values }) : notFound(`GDT-${id}`);
  },
});

await serveAdapter(tax);
