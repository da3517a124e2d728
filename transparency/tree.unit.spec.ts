import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { growingTree } from './growingTree.ts';
import { EMPTY_ROOT, type Hash, leafHash, nodeHash } from './hash.ts';
import { consistencyProof, inclusionProof, rootOf, type Subtrees } from './proofs.ts';
import { type Subtree, split, subtreesOf } from './ranges.ts';
import { fullTilesSince, hashOfRun, parseTilePath, placeOf, tileIndexPath, widthIn } from './tiles.ts';
import { verifyConsistency, verifyInclusion } from './verify.ts';

/** The definition of RFC 6962, section 2.1, word for word. */
const treeHash = (leaves: readonly Hash[]): Hash => {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0] as Hash;
  const k = split(leaves.length);
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
};

const leavesOf = (n: number): Hash[] =>
  Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));

const over =
  (leaves: readonly Hash[]): Subtrees =>
  async (wanted) =>
    wanted.map(({ level, index }: Subtree) =>
      treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
    );

const hex = (hash: Hash) => hash.toString('hex');

describe('the vectors that Certificate Transparency publishes for RFC 6962', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const leaves = inputs.map((input) => leafHash(Buffer.from(input, 'hex')));
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];

  test('a leaf and a node hash as published', () => {
    expect(hex(leafHash(Buffer.from('L123456')))).toBe(
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    );
    expect(hex(nodeHash(Buffer.from('N123'), Buffer.from('N456')))).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    );
  });

  test.each(roots.map((root, size) => ({ root, size })))(
    'the tree of $size leaves has its root',
    async ({ root, size }) => {
      const tree = growingTree();
      for (const leaf of leaves.slice(0, size)) tree.push(0, leaf);
      expect(hex(tree.root())).toBe(root);
      expect(hex(await rootOf(over(leaves), size))).toBe(root);
    },
  );

  const paths = [
    { index: 0, size: 1, path: [] },
    {
      index: 0,
      size: 8,
      path: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      index: 5,
      size: 8,
      path: [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    {
      index: 2,
      size: 3,
      path: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    },
  ];
  test.each(paths)('leaf $index of $size has its audit path', async ({ index, size, path }) => {
    expect((await inclusionProof(over(leaves), index, size)).map(hex)).toEqual(path);
  });

  const extensions = [
    { older: 1, newer: 1, proof: [] },
    {
      older: 1,
      newer: 8,
      proof: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      older: 6,
      newer: 8,
      proof: [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    {
      older: 2,
      newer: 5,
      proof: [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ];
  test.each(extensions)('$newer leaves go on from $older', async ({ older, newer, proof }) => {
    expect((await consistencyProof(over(leaves), older, newer)).map(hex)).toEqual(proof);
  });
});

const size = fc.integer({ min: 1, max: 300 });

describe('proofs', () => {
  prop.prop([size, fc.nat()])(
    'every leaf is shown to be in its tree, and in no other place',
    async (n, pick) => {
      const leaves = leavesOf(n);
      const index = pick % n;
      const proof = await inclusionProof(over(leaves), index, n);
      const root = treeHash(leaves);
      const leaf = leaves[index] as Hash;
      expect(verifyInclusion(leaf, index, n, proof, root)).toBe(true);
      expect(verifyInclusion(leafHash(Buffer.from('other')), index, n, proof, root)).toBe(false);
      expect(verifyInclusion(leaf, (index + 1) % n, n, proof, root)).toBe(n === 1);
      expect(verifyInclusion(leaf, index, n, [...proof, EMPTY_ROOT], root)).toBe(false);
      if (proof.length > 0) expect(verifyInclusion(leaf, index, n, proof.slice(1), root)).toBe(false);
    },
  );

  prop.prop([size, fc.nat()])(
    'every beginning of a tree is shown to be one, and a changed one is not',
    async (n, pick) => {
      const leaves = leavesOf(n);
      const m = pick % (n + 1);
      const older = { size: m, root: treeHash(leaves.slice(0, m)) };
      const newer = { size: n, root: treeHash(leaves) };
      const proof = await consistencyProof(over(leaves), m, n);
      expect(verifyConsistency(older, newer, proof)).toBe(true);
      const forged = { size: m, root: leafHash(Buffer.from('forged')) };
      expect(verifyConsistency(forged, newer, proof)).toBe(false);
      // The empty tree is the beginning of any.
      expect(verifyConsistency(older, { size: n, root: forged.root }, proof)).toBe(m === 0);
      expect(verifyConsistency(older, newer, [...proof, EMPTY_ROOT])).toBe(false);
    },
  );

  test('what cannot be proved is refused', async () => {
    await expect(inclusionProof(over([]), 3, 3)).rejects.toThrow(RangeError);
    await expect(consistencyProof(over([]), 4, 3)).rejects.toThrow(RangeError);
    expect(verifyInclusion(EMPTY_ROOT, 1, 1, [], EMPTY_ROOT)).toBe(false);
    expect(verifyConsistency({ size: 2, root: EMPTY_ROOT }, { size: 1, root: EMPTY_ROOT }, [])).toBe(false);
  });
});

describe('a growing tree', () => {
  prop.prop([size, fc.nat(), fc.nat()])('grows by leaves and by whole subtrees alike', (n, a, b) => {
    const leaves = leavesOf(n);
    const [start, end] = [a % (n + 1), b % (n + 1)].sort((x, y) => x - y) as [number, number];
    const tree = growingTree();
    const grow = (from: number, to: number) => {
      for (const { level, index } of subtreesOf({ start: from, end: to }))
        tree.push(level, treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
    };
    grow(0, start);
    for (const leaf of leaves.slice(start, end)) tree.push(0, leaf);
    grow(end, n);
    expect(tree.size).toBe(n);
    expect(tree.root()).toEqual(treeHash(leaves));
  });

  test('refuses a subtree where none of its size begins', () => {
    const tree = growingTree();
    tree.push(0, EMPTY_ROOT);
    expect(() => tree.push(1, EMPTY_ROOT)).toThrow(RangeError);
  });
});

describe('tiles', () => {
  test('a tree of 70,000 leaves has the tiles that the specification counts', () => {
    const tiles = [...fullTilesSince(0, 70_000)];
    expect(tiles.filter(({ level }) => level === 0)).toHaveLength(273);
    expect(tiles.filter(({ level }) => level === 1)).toHaveLength(1);
    expect(widthIn({ level: 0, index: 273 }, 70_000)).toBe(112);
    expect(widthIn({ level: 1, index: 1 }, 70_000)).toBe(17);
    expect(widthIn({ level: 2, index: 0 }, 70_000)).toBe(1);
    expect(widthIn({ level: 1, index: 0 }, 256)).toBe(1);
    expect(widthIn({ level: 0, index: 274 }, 70_000)).toBe(0);
  });

  prop.prop([fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 0, max: 200_000 })])(
    'each full tile is made once, however the tree grows',
    (a, b) => {
      const [before, n] = [Math.min(a, b), Math.max(a, b)];
      const grown = [...fullTilesSince(0, before), ...fullTilesSince(before, n)];
      const key = ({ level, index }: { level: number; index: number }) => `${level}/${index}`;
      expect(grown.map(key).sort()).toEqual([...fullTilesSince(0, n)].map(key).sort());
    },
  );

  prop.prop([fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 5 })])(
    'a subtree is where its tile says',
    (level, index) => {
      const leaves = leavesOf(2 ** level * (index + 1));
      const place = placeOf({ level, index });
      const unit = 256 ** place.level;
      const first = (place.index * 256 + place.from) * unit;
      const run = Array.from({ length: place.count }, (_, i) =>
        treeHash(leaves.slice(first + i * unit, first + (i + 1) * unit)),
      );
      expect(hashOfRun(Buffer.concat(run))).toEqual(treeHash(leaves.slice(index * 2 ** level)));
    },
  );

  prop.prop([fc.nat({ max: 2 ** 40 }), fc.integer({ min: 1, max: 256 })])(
    'paths are read as they are written',
    (index, width) => {
      const path = `${tileIndexPath(index)}${width === 256 ? '' : `.p/${width}`}`;
      expect(parseTilePath(path)).toEqual({ index, width });
    },
  );

  test('paths of the specification, and what is none', () => {
    expect(tileIndexPath(1_234_067)).toBe('x001/x234/067');
    expect(tileIndexPath(0)).toBe('000');
    for (const path of [
      '',
      '1',
      '0001',
      'x000/001',
      '001/002',
      '001.p/256',
      '001.p/0',
      '001.p/01',
      '001.p',
      '-01',
    ])
      expect(parseTilePath(path)).toBeUndefined();
  });
});
