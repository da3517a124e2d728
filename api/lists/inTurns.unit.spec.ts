import { describe, expect, it } from 'vitest';
import { inTurns } from './inTurns.ts';

describe('work in turns', () => {
  it('is done once for each, in the order given, and never for more at once than said', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const items = Array.from({ length: 25 }, (_, n) => n);
    const all = inTurns(items, 4, async (n, index) => {
      const until = new Promise<void>((resolve) => waiting.push(resolve));
      most = Math.max(most, waiting.length);
      await until;
      return `${n}/${index}`;
    });
    for (let left = items.length; left > 0; left -= 1) {
      waiting.pop()?.(); // the last begun ends first
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await all).toEqual(items.map((n) => `${n}/${n}`));
    expect(most).toBe(4);
  });

  it('is none for nothing', async () => {
    expect(await inTurns([], 4, async () => 1)).toEqual([]);
  });
});
