import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ChainedLink, chainHash, GENESIS, type Link, verifyChain } from './chain.ts';

const link = (position: number): Link => ({
  position,
  recordedAt: `2026-03-02T01:00:00.00000${position}Z`,
  body: `{"data":{"name":"Công ty Đại Nam ${position}"}}`,
});

function chained(length: number): ChainedLink[] {
  const links: ChainedLink[] = [];
  for (let position = 1; position <= length; position++) {
    const prevHash = links.at(-1)?.hash ?? GENESIS;
    links.push({ ...link(position), prevHash, hash: chainHash(prevHash, link(position)) });
  }
  return links;
}

const changed = (links: readonly ChainedLink[], position: number, change: Partial<ChainedLink>) =>
  links.map((each) => (each.position === position ? { ...each, ...change } : each));

describe('the hash of an event', () => {
  it('is SHA-256 over the previous hash, the position, the moment of recording and the body, byte for byte', () => {
    const bytes = Buffer.concat([
      Buffer.alloc(32),
      Buffer.from('0000000000000001', 'hex'),
      Buffer.from('2026-03-02T01:00:00.000001Z'),
      Buffer.from('{"data":{"name":"Công ty Đại Nam 1"}}', 'utf8'),
    ]);
    expect(chainHash(GENESIS, link(1))).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('changes with each thing that it covers', () => {
    const one = link(1);
    const hashes = [
      chainHash(GENESIS, one),
      chainHash('1'.repeat(64), one),
      chainHash(GENESIS, { ...one, position: 2 }),
      chainHash(GENESIS, { ...one, recordedAt: '2026-03-02T01:00:00.000009Z' }),
      chainHash(GENESIS, { ...one, body: `${one.body} ` }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('a walk along the chain', () => {
  it('finds a whole log whole and names its end', async () => {
    const links = chained(5);
    expect(await verifyChain(links)).toEqual({ whole: true, position: 5, hash: links[4]?.hash });
    expect(await verifyChain([])).toEqual({ whole: true, position: 0, hash: GENESIS });
  });

  it('goes on from a checkpoint', async () => {
    const links = chained(5);
    const from = { position: 2, hash: links[1]?.hash ?? '' };
    expect(await verifyChain(links.slice(2), from)).toMatchObject({ whole: true, position: 5 });
    expect(await verifyChain(links.slice(2), { ...from, hash: GENESIS })).toEqual({
      whole: false,
      position: 3,
      fault: 'LINK',
    });
  });

  it('names the first event whose content was changed', async () => {
    const links = changed(changed(chained(5), 3, { body: '{}' }), 4, { body: '{}' });
    expect(await verifyChain(links)).toEqual({ whole: false, position: 3, fault: 'HASH' });
    expect(await verifyChain(changed(chained(5), 2, { recordedAt: link(3).recordedAt }))).toEqual({
      whole: false,
      position: 2,
      fault: 'HASH',
    });
  });

  it('names the event after one that was rewritten together with its hash', async () => {
    const links = chained(5);
    const body = '{"forged":true}';
    const prevHash = links[1]?.hash ?? '';
    const forged = changed(links, 3, { body, hash: chainHash(prevHash, { ...link(3), body }) });
    expect(await verifyChain(forged)).toEqual({ whole: false, position: 4, fault: 'LINK' });
  });

  it('names a position that is missing or out of order', async () => {
    const links = chained(5);
    expect(await verifyChain(links.filter(({ position }) => position !== 4))).toEqual({
      whole: false,
      position: 4,
      fault: 'GAP',
    });
    expect(await verifyChain([...links].reverse())).toEqual({ whole: false, position: 1, fault: 'GAP' });
  });
});
