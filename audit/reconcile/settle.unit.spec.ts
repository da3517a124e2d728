import { describe, expect, it } from 'vitest';
import type { Discrepancy } from './discrepancy.ts';
import { settling } from './settle.ts';

const missing = (version: number): Discrepancy => ({
  source: 'WORKFLOW',
  kind: 'EVENT_UNKNOWN_TO_WORKFLOW',
  detail: 'unknown',
  stream: 'registration-1',
  version,
});

async function reported(seen: Discrepancy[], later: Discrepancy[]): Promise<Discrepancy[]> {
  const { suspect, settled } = settling({ settleMs: 1, signal: undefined });
  const found = [];
  for await (const one of suspect({ seen, again: async () => later })) found.push(one);
  for await (const one of settled()) found.push(one);
  return found;
}

describe('what seems to differ', () => {
  it('is reported when it stands', async () => {
    expect(await reported([missing(3)], [missing(3)])).toEqual([missing(3)]);
  });

  it('is not reported when it has gone, or when a busy case shows another version by then', async () => {
    expect(await reported([missing(3)], [])).toEqual([]);
    expect(await reported([missing(3)], [missing(4)])).toEqual([]);
  });

  it('is not waited for when there is none', async () => {
    const { suspect, settled } = settling({ settleMs: 3_600_000, signal: undefined });
    for await (const _ of suspect({ seen: [], again: async () => [] })) expect.unreachable();
    for await (const _ of settled()) expect.unreachable();
  });

  it('is looked at in batches', async () => {
    const { suspect, settled } = settling({ settleMs: 1, signal: undefined });
    let early = 0;
    for (let version = 1; version <= 450; version += 1)
      for await (const _ of suspect({ seen: [missing(version)], again: async () => [missing(version)] }))
        early += 1;
    expect(early).toBe(400);
    let late = 0;
    for await (const _ of settled()) late += 1;
    expect(late).toBe(50);
  });
});
