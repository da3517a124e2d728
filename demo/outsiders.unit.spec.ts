import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readDirectory } from '../identity/provider/people.ts';
import { introduce, outsiders } from './outsiders.ts';
import { readSample } from './sample.ts';

const { entries } = await readSample();

it('everybody whom a row names can sign in at the provider, in the role that the row gives', () => {
  const folder = mkdtempSync(join(tmpdir(), 'orgeid-people-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'people.json');
  introduce(file, entries);
  const { people } = readDirectory([file]);
  for (const { registrantId, dossier } of entries) {
    expect(people.get(registrantId)?.roles).toEqual(['REGISTRANT']);
    for (const { id } of dossier.otherRepresentatives)
      expect(people.get(id)?.roles).toEqual(['REPRESENTATIVE']);
  }
  expect([...people.values()].filter(({ roles }) => roles.includes('AUTHORITY'))).toHaveLength(2);
});

it('what is written down of them is what a token says, and no personal number', () => {
  expect(JSON.stringify(outsiders(entries))).not.toMatch(/\d{12}|@|mobile/);
});
