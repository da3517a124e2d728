import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sampleFiles } from './files.ts';

it('is deterministic, and the files of the sample are its output', () => {
  const again = sampleFiles();
  for (const [name, content] of sampleFiles()) {
    expect(again.get(name)?.equals(content), name).toBe(true);
    expect(readFileSync(new URL(`../${name}`, import.meta.url)).equals(content), name).toBe(true);
  }
});
