import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureEvents, fixtureKey } from '../../test/audit/fixtures/log.ts';
import { formatCheckpoint } from '../../transparency/checkpoint.ts';
import { growingTree } from '../../transparency/growingTree.ts';
import { eventLeaf } from '../../transparency/hash.ts';
import { signerKey } from '../../transparency/keys.ts';
import { formatNote, signText } from '../../transparency/note.ts';
import { inclusionProof, type Subtrees } from '../../transparency/proofs.ts';
import { formatTlogProof } from '../../transparency/tlogProof.ts';
import { verifyProof } from './proof.ts';

const leaves = fixtureEvents.map(({ hash }) => eventLeaf(hash));
const hashOf = (position: number) => fixtureEvents[position - 1]?.hash ?? '';
const rootOf = (from: number, to: number) => {
  const tree = growingTree();
  for (const leaf of leaves.slice(from, to)) tree.push(0, leaf);
  return tree.root();
};
const subtrees: Subtrees = async (wanted) =>
  wanted.map(({ level, index }) => rootOf(index * 2 ** level, (index + 1) * 2 ** level));
const witness = signerKey('audit.example/witness', 'COSIGNATURE', Buffer.alloc(32, 5));
const believed = { signers: [fixtureKey] };

async function proofOf(position: number, signers = [fixtureKey]): Promise<string> {
  const size = leaves.length;
  const text = formatCheckpoint({ origin: fixtureKey.name, size, root: rootOf(0, size), extensions: [] });
  const signatures = signers.map((key) => signText(key, text, 1_772_000_000));
  const path = await inclusionProof(subtrees, position - 1, size);
  return formatTlogProof({ index: position - 1, path, checkpoint: formatNote({ text, signatures }) });
}

const faultOf = (text: string, event: string, by: Parameters<typeof verifyProof>[2] = believed) => {
  const verdict = verifyProof(text, event, by);
  return verdict.holds ? 'HOLDS' : verdict.fault.code;
};

describe('the proof of an event', () => {
  it('holds for each event at its own place', async () => {
    for (const { position, hash } of fixtureEvents)
      expect(verifyProof(await proofOf(position), hash, believed)).toMatchObject({
        holds: true,
        report: { event: hash, position, size: 12, origin: fixtureKey.name },
      });
  });

  it('does not hold for another event, or at another place', async () => {
    expect(faultOf(await proofOf(3), hashOf(4))).toBe('NOT_INCLUDED');
    expect(faultOf((await proofOf(3)).replace('index 2', 'index 3'), hashOf(3))).toBe('NOT_INCLUDED');
    expect(faultOf((await proofOf(3)).replace('index 2', 'index 12'), hashOf(3))).toBe('NOT_INCLUDED');
    expect(faultOf('not a proof', hashOf(3))).toBe('NO_PROOF');
  });

  it('is not believed by the word of a stranger, or with too few witnesses, and names those that it has', async () => {
    const stranger = signerKey(fixtureKey.name, 'ED25519', Buffer.alloc(32, 9));
    expect(faultOf(await proofOf(3), hashOf(3), { signers: [stranger] })).toBe('UNTRUSTED');
    const wanting = { ...believed, witnesses: [witness], enough: (by: readonly unknown[]) => by.length > 0 };
    expect(faultOf(await proofOf(3), hashOf(3), wanting)).toBe('FEW_WITNESSES');
    expect(verifyProof(await proofOf(3, [fixtureKey, witness]), hashOf(3), wanting)).toMatchObject({
      holds: true,
      report: { witnesses: [{ name: witness.name, at: new Date(1_772_000_000_000).toISOString() }] },
    });
  });

  it('does not hold with any character changed', async () => {
    const text = await proofOf(7);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('A', '0', ' ', '\n', '='), (at, other) => {
        fc.pre(text[at] !== other);
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        expect(faultOf(changed, hashOf(7))).not.toBe('HOLDS');
      }),
    );
  });
});
