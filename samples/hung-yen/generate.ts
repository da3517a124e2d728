// Writes organisations.csv, organisations-broken.csv, registries/*.json, channels.json and people.yaml of this folder:
// they are its output, the same on every run. `node --import tsx samples/hung-yen/generate.ts`
import { mkdirSync, writeFileSync } from 'node:fs';
import { sampleFiles } from './generator/files.ts';

mkdirSync(new URL('registries', import.meta.url), { recursive: true });
for (const [name, content] of sampleFiles()) writeFileSync(new URL(name, import.meta.url), content);
