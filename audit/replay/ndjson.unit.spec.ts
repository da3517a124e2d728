import { expect, it } from 'vitest';
import { ndjson } from './ndjson.ts';

const asked = { count: 0 };
async function* values(many: number) {
  for (let n = 0; n < many; n += 1) {
    asked.count = n + 1;
    yield { n, text: 'Công ty\n'.repeat(100) };
  }
}

it('writes a line for each value, whole lines together, and all of them', async () => {
  const pieces: string[] = [];
  for await (const piece of ndjson(values(500))) pieces.push(piece);
  expect(pieces.length).toBeGreaterThan(5);
  expect(pieces.every((piece) => piece.endsWith('}\n'))).toBe(true);
  const lines = pieces.join('').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).n)).toEqual(Array.from({ length: 500 }, (_, n) => n));
});

it('asks for no more than it hands over: whoever reads slowly sets the pace', async () => {
  const lines = ndjson(values(1_000_000));
  const { value = '' } = await lines.next();
  expect(asked.count).toBe(String(value).trimEnd().split('\n').length);
  await lines.return();
});

it('of nothing is nothing', async () => {
  expect((await ndjson(values(0)).next()).done).toBe(true);
});
