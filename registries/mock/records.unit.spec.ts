import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import type { RegistryQuery } from '../../schemas/registry.ts';
import { mockDataOf } from '../world/mock-data.ts';
import { changed, recordsOf } from './records.ts';

const ask = (code: string) =>
  ({ subject: { category: 'ENTERPRISE', nameVi: 'Ví Dụ', code } }) as RegistryQuery;
const data = mockDataOf('BUSINESS', 'records', 4000);
const codes = data.records.flatMap(({ keys }) => keys.code ?? []);

it('finds a record under its new code and no longer under the old one', () => {
  const records = recordsOf('BUSINESS', data);
  const [code = ''] = codes;
  const before = records.byKey(code);
  if (!before) throw new Error('the world has no first record');
  const after = changed(before, {
    command: 'change',
    key: code,
    publish: 'ONCE',
    values: { enterprise_code: '0099999990' },
  });
  records.replace(before, after);
  expect(records.find(ask(code))).toBeUndefined();
  expect(records.find(ask('0099999990'))).toBe(after);
  expect(records.byKey('0099999990')).toBe(after);
  expect([...records.all()].indexOf(after)).toBe(data.records.indexOf(before));
});

it('alters every record of thousands in less time than building the index again for each would take', () => {
  const records = recordsOf('BUSINESS', data);
  const began = performance.now();
  for (const code of codes) {
    const before = records.byKey(code);
    if (before) records.replace(before, { ...before, status: 'CEASED' });
  }
  expect(performance.now() - began).toBeLessThan(1_000);
  expect([...records.all()].every(({ status }) => status === 'CEASED')).toBe(true);
});
