import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Registry } from '../../schemas/registry.ts';
import { itemsFor } from './run.ts';

const guide = readFileSync(new URL('../../docs/guides/adapter-check.md', import.meta.url), 'utf8');

it('the guide of the check explains every item, and none that is not run', () => {
  const rows = guide.slice(guide.indexOf('## The items'), guide.indexOf('## What an answer')).split('\n');
  const explained = rows.flatMap((row) => {
    const [, names = ''] = /^\| (`[^|]*`) \|/.exec(row) ?? [];
    return names.split(', ').flatMap((name) => (name === '' ? [] : [name.replaceAll('`', '')]));
  });
  const run = Registry.options.flatMap((registry) => itemsFor(registry).map(({ name }) => name));
  expect(explained.sort()).toEqual([...new Set(run)].sort());
});
