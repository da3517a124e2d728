import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from '../../../transparency/checkpoint.ts';
import { leafHash } from '../../../transparency/hash.ts';
import {
  formatVerifierKey,
  parseVerifierKey,
  type SignerKey,
  signerKey,
} from '../../../transparency/keys.ts';
import { formatNote, parseNote, signText, verifyNote } from '../../../transparency/note.ts';
import { parseTlogPolicy } from '../../../transparency/tlogPolicy.ts';
import { formatTlogProof, parseTlogProof } from '../../../transparency/tlogProof.ts';
import { verifyConsistency, verifyInclusion } from '../../../transparency/verify.ts';
import { ORIGIN } from './log.ts';
import { spoiled } from './spoiled.ts';
import { buildVerifier, type MadeByGo, type Verifier } from './verifier.ts';

/** What Go's libraries make is read here, and a policy says the same to both. */
describe("Go's libraries for transparency logs", () => {
  let go: Verifier;

  beforeAll(async () => {
    go = await buildVerifier();
  });
  afterAll(() => go?.remove());

  describe('read a policy of witnesses', () => {
    const witnesses = ['a', 'b', 'c'].map((name, i) =>
      signerKey(`example.org/${name}`, 'COSIGNATURE', Buffer.alloc(32, i + 1)),
    );
    const [a, b] = witnesses as [SignerKey, SignerKey, SignerKey];
    const policy = (...lines: string[]) =>
      [
        `log ${formatVerifierKey(signerKey(ORIGIN, 'ED25519', Buffer.alloc(32, 9)))}`,
        ...witnesses.map(
          (key) => `witness ${key.name.slice(-1)} ${formatVerifierKey(key)} https://${key.name}/`,
        ),
        ...lines,
        '',
      ].join('\n');
    const text = formatCheckpoint({
      origin: ORIGIN,
      size: 1,
      root: leafHash(Buffer.of(1)),
      extensions: [],
    });
    const cosignedBy = (...by: SignerKey[]) =>
      Buffer.from(formatNote({ text, signatures: by.map((key) => signText(key, text, 1_700_000_000)) }));

    it.each([
      [['quorum none'], true],
      [['quorum a'], true],
      [['quorum c'], false],
      [['group any-of any b c', 'quorum any-of'], true],
      [['group all-of all a b', 'quorum all-of'], true],
      [['group all-of all a b c', 'quorum all-of'], false],
      [['group two 2 a b c', 'quorum two'], true],
      [['group inner all b c', 'group outer 2 a inner', 'quorum outer'], false],
      [['group inner any b c', 'group outer 2 a inner', 'quorum outer'], true],
    ])('%j: two of three witnesses are enough: %s', async (lines, enough) => {
      const text = policy(...lines);
      const [answer] = await go.ask([{ ask: 'policy', policy: Buffer.from(text), note: cosignedBy(a, b) }]);
      expect(answer).toMatchObject({ Refused: '', Enough: enough });
      expect(parseTlogPolicy(text).enough([a, b])).toBe(enough);
    });

    it.each([
      [['quorum d']],
      [['group g 4 a b c', 'quorum g']],
      [['group g 1 d', 'quorum g']],
      [['group a 1 b', 'quorum a']],
      [['group g any a']],
      [['quorums a']],
    ])('%j is refused as it is here', async (lines) => {
      const text = policy(...lines);
      const [answer] = await go.ask([{ ask: 'policy', policy: Buffer.from(text), note: cosignedBy(a, b) }]);
      expect(answer?.Refused).not.toBe('');
      expect(() => parseTlogPolicy(text)).toThrow(RangeError);
    });
  });

  describe('make a log', () => {
    const entries = Array.from({ length: 300 }, (_, i) => Buffer.from(`sự kiện ${i}`));
    const leaf = (i: number) => leafHash(entries[i] as Buffer);
    const bytes = (text: string) => Buffer.from(text, 'base64');
    let made: MadeByGo;

    beforeAll(async () => {
      const [answer] = await go.ask([{ ask: 'make', origin: 'go.example/log', entries }]);
      if (!answer?.Made) throw new Error(answer?.Refused);
      made = answer.Made;
    });
    const keys = () => [made.Key, made.Witness].flatMap((key) => parseVerifierKey(key) ?? []);
    const root = () => bytes(made.Roots.at(-1) ?? '');

    it('whose checkpoint and cosignature hold here', () => {
      const note = parseNote(bytes(made.Note).toString());
      expect(parseCheckpoint(note?.text ?? '')).toEqual({
        origin: 'go.example/log',
        size: entries.length,
        root: root(),
        extensions: [],
      });
      const verdict = note && verifyNote(note, keys());
      expect(verdict).toMatchObject({ valid: true, by: keys().map((key) => ({ key })) });
      const [signed, cosigned] = verdict?.valid ? verdict.by : [];
      expect(signed?.time).toBeUndefined();
      expect(Math.abs((cosigned?.time ?? 0) - Date.now() / 1000)).toBeLessThan(600);
    });

    it('whose checkpoint is refused here with any byte of it changed', () => {
      const taken = spoiled(bytes(made.Note)).filter((spoilt) => {
        const note = parseNote(spoilt.toString());
        const verdict = note && verifyNote(note, keys());
        return verdict?.valid && verdict.by.length === 2;
      });
      expect(taken).toEqual([]);
    });

    it('whose proofs of every entry hold here, and are written the same', () => {
      for (const [i, text] of made.Proofs.entries()) {
        const proof = parseTlogProof(bytes(text).toString());
        if (!proof) throw new Error(`no proof: ${i}`);
        expect(proof).toMatchObject({ index: i, checkpoint: bytes(made.Note).toString() });
        expect(verifyInclusion(leaf(i), i, entries.length, proof.path, root())).toBe(true);
        expect(formatTlogProof(proof)).toBe(bytes(text).toString());
      }
      expect(made.Proofs).toHaveLength(entries.length);
    });

    it('that goes on from each size before, as is verified here', () => {
      const newer = { size: entries.length, root: root() };
      const wrong = made.Consistency.filter((path, i) => {
        const older = { size: i + 1, root: bytes(made.Roots[i] ?? '') };
        return !verifyConsistency(older, newer, path.map(bytes));
      });
      expect(wrong).toEqual([]);
      expect(made.Consistency).toHaveLength(entries.length);
    });
  });
});
