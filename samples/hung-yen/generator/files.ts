import { Registry } from '../../../schemas/registry.ts';
import { brokenFile } from './broken.ts';
import { csvFile } from './csv.ts';
import { peopleFile } from './people.ts';
import { drafts } from './storylines.ts';

const json = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`;

/** Every generated file of the sample by its name below the folder; the same on every call. */
export function sampleFiles(): Map<string, Buffer> {
  const all = drafts();
  const rules = [{ match: '*', outcome: 'DELIVERED', afterMs: 50 }, ...all.flatMap((draft) => draft.rules)];
  const registries = Registry.options.map((registry): [string, string] => [
    `registries/${registry.toLowerCase()}.json`,
    json({ records: all.flatMap((draft) => draft.records[registry] ?? []) }),
  ]);
  const texts: [string, string][] = [
    ['organisations.csv', csvFile(all.map((draft) => draft.row))],
    ...registries,
    ['channels.json', json({ rules })],
    ['people.yaml', peopleFile()],
  ];
  const buffers = texts.map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]);
  return new Map([...buffers, ['organisations-broken.csv', brokenFile()]]);
}
