import { describe, expect, it } from 'vitest';
import { readScan } from './scan.ts';

/** An input that never ends: to ask for more than was typed is to wait for ever. */
async function* typed(...parts: readonly (string | Uint8Array)[]) {
  yield* parts;
  throw new Error('more was asked for than was typed');
}
async function* piped(...parts: readonly (string | Uint8Array)[]) {
  yield* parts;
}

describe('a scan', () => {
  it.each([
    ['a line end', 'abc.def\n'],
    ['a carriage return alone', 'abc.def\r'],
    ['both', 'abc.def\r\n'],
    ['blanks and empty lines before it', '\n \r\n\t abc.def\n'],
    ['another scan after it', 'abc.def\nghi.jkl\n'],
  ])('with %s ends there, though the input goes on', async (_, text) => {
    expect(await readScan(typed(text))).toBe('abc.def');
    expect(await readScan(typed(...text))).toBe('abc.def');
    expect(await readScan(typed(...[...text].map((letter) => Buffer.from(letter))))).toBe('abc.def');
  });

  it('without a line end is all there is', async () => {
    expect(await readScan(piped('abc', '.def'))).toBe('abc.def');
    expect((await readScan(piped(' \n', '\n'))).trim()).toBe('');
    expect(await readScan(piped())).toBe('');
  });

  it('that never ends is cut, so that a file piped by mistake is no burden', async () => {
    const long = await readScan(typed('a'.repeat(10_000), 'a'.repeat(10_000)));
    expect(long).toHaveLength(20_000);
  });

  it('keeps letters that arrive in two parts', async () => {
    const bytes = Buffer.from('ễ\n');
    expect(await readScan(typed(bytes.subarray(0, 1), bytes.subarray(1)))).toBe('ễ');
  });
});
