import { defineAdapter } from '../../registries/kit/adapter.ts';
import { found, notFound } from '../../registries/kit/results.ts';
import { serveAdapter } from '../../registries/kit/serve.ts';

const register = new Map([['9000000001', 'CÔNG TY TNHH VÍ DỤ']]);

await serveAdapter(
  defineAdapter({
    registry: 'TAX',
    lookup({ subject, fields }) {
      const name_vi = register.get(subject.taxCode ?? subject.code ?? '');
      if (name_vi === undefined) return notFound('none');
      return found({
        reference: 'GDT',
        status: 'ACTIVE',
        values: fields.includes('name_vi') ? { name_vi } : {},
      });
    },
  }),
);
