// Writes organisations.csv, organisations-broken.csv, registries/*.json, channels.json and people.yaml of this folder:
// they are its output, the same on every run. `node --import tsx samples/hung-yen/generate.ts`
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brokenFile } from './generator/broken.ts';
import { csvFile } from './generator/csv.ts';
import type { Draft } from './generator/draft.ts';
import { peopleFile } from './generator/people.ts';
import { drafts } from './generator/storylines.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const write = (name: string, content: string | Buffer) => writeFileSync(`${folder}${name}`, content);
const json = (data: unknown): string => `${JSON.stringify(data, null, 1)}\n`;

const all: Draft[] = drafts();
mkdirSync(`${folder}registries`, { recursive: true });
write('organisations.csv', csvFile(all.map((draft) => draft.row)));
write('organisations-broken.csv', brokenFile());
for (const registry of ['BUSINESS', 'TAX', 'POPULATION'] as const) {
  const records = all.flatMap((draft) => draft.records[registry] ?? []);
  write(`registries/${registry.toLowerCase()}.json`, json({ records }));
}
write(
  'channels.json',
  json({
    rules: [{ match: '*', outcome: 'DELIVERED', afterMs: 50 }, ...all.flatMap((draft) => draft.rules)],
  }),
);
write('people.yaml', peopleFile());
process.stdout.write(`${all.length} organisations\n`);
