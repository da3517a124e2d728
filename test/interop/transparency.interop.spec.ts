import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proofOf } from '../../audit/evidence/proofOf.ts';
import { storedTree } from '../../store/tree.ts';
import { formatCheckpoint, parseCheckpoint } from '../../transparency/checkpoint.ts';
import { leafHash } from '../../transparency/hash.ts';
import { formatVerifierKey, parseVerifierKey, type SignerKey, signerKey } from '../../transparency/keys.ts';
import { formatNote, parseNote, signText, verifyNote } from '../../transparency/note.ts';
import { consistencyProof } from '../../transparency/proofs.ts';
import { parseRotation } from '../../transparency/rotation.ts';
import { tileIndexPath } from '../../transparency/tiles.ts';
import { parseTlogPolicy } from '../../transparency/tlogPolicy.ts';
import { formatTlogProof, parseTlogProof } from '../../transparency/tlogProof.ts';
import { verifyConsistency, verifyInclusion } from '../../transparency/verify.ts';
import { useEngines } from '../support/engines.ts';
import { freshFolder } from '../support/folder.ts';
import { ORIGIN, ROTATED_AT, SIZES, type SignedLog, signedLog, writeTiles } from './transparency/log.ts';
import { spoiled } from './transparency/spoiled.ts';
import {
  type Answer,
  buildVerifier,
  type MadeByGo,
  type Question,
  type Verifier,
} from './transparency/verifier.ts';

/** The evidence of a log, read by the libraries of Go's checksum database and of transparency.dev; and what they make, read here. */
describe("Go's libraries for transparency logs", () => {
  const engines = useEngines(['postgres']);
  let log: SignedLog;
  let go: Verifier;

  beforeAll(async () => {
    go = await buildVerifier();
    log = await signedLog(engines().postgres.url);
  });
  afterAll(async () => {
    go?.remove();
    await log?.remove();
  });

  const last = () => log.checkpoints.at(-1) as SignedLog['checkpoints'][number];
  const holds = (answers: readonly Answer[], count: number) => {
    expect(answers.flatMap(({ Refused }) => Refused || [])).toEqual([]);
    expect(answers).toHaveLength(count);
  };
  /** Nothing of it is taken for evidence; at least `count` were tried. */
  const refused = async (questions: readonly Question[], count: number) => {
    const answers = await go.ask(questions);
    expect(questions.filter((_, i) => answers[i]?.Refused === '')).toEqual([]);
    expect(answers.length).toBeGreaterThanOrEqual(count);
  };
  /** A proof of each pair of checkpoints, the older first. */
  const consistencies = async () => {
    const { subtrees } = storedTree(log.pool);
    const questions: Extract<Question, { ask: 'consistency' }>[] = [];
    for (const older of log.checkpoints)
      for (const newer of log.checkpoints.filter(({ size }) => size >= older.size))
        questions.push({
          ask: 'consistency',
          ...newer,
          older,
          path: await consistencyProof(subtrees, older.size, newer.size),
        });
    return questions;
  };
  const inclusionOf = async (position: number): Promise<Extract<Question, { ask: 'inclusion' }>> => {
    const { keys, witnesses } = last();
    const entry = log.entries[position - 1] as Buffer;
    return {
      ask: 'inclusion',
      keys,
      witnesses,
      proof: Buffer.from(await proofOf(log.pool, position)),
      entries: [entry],
    };
  };
  const tilesOf = ({ size, ...signed }: SignedLog['checkpoints'][number], tiles: string): Question => ({
    ask: 'tiles',
    ...signed,
    tiles,
    entries: log.entries.slice(0, size),
  });

  it('opens each checkpoint with the key of its time and the witness, and reads the same as is read here', async () => {
    const answers = await go.ask(log.checkpoints.map((signed) => ({ ask: 'checkpoint', ...signed })));
    holds(answers, SIZES.length);
    for (const [i, { note, keys, witnesses }] of log.checkpoints.entries()) {
      const read = parseNote(note.toString());
      const head = parseCheckpoint(read?.text ?? '');
      const trusted = [...keys, ...witnesses].flatMap((key) => parseVerifierKey(key) ?? []);
      const verdict = read && verifyNote(read, trusted);
      expect(answers[i]).toMatchObject({
        Text: read?.text,
        Origin: ORIGIN,
        Size: SIZES[i],
        Root: head?.root.toString('base64'),
        Rest: head?.extensions.map((line) => `${line}\n`).join(''),
        Signers: verdict?.valid
          ? verdict.by.map(({ key, time = 0 }) => ({ Name: key.name, ID: key.id, Time: time }))
          : 'not valid',
      });
      const [, cosigned] = answers[i]?.Signers ?? [];
      expect(cosigned?.Time).toBeGreaterThanOrEqual(log.between[0]);
      expect(cosigned?.Time).toBeLessThanOrEqual(log.between[1]);
    }
  });

  it('opens the note of a rotation with the old key and the new one', async () => {
    const [answer] = await go.ask([{ ask: 'note', ...log.rotation }]);
    expect(answer?.Refused).toBe('');
    const rotation = parseRotation(log.rotation.note.toString());
    expect(answer?.Signers?.map(({ ID }) => ID)).toEqual([rotation?.from.id, rotation?.to.id]);
  });

  it('refuses a checkpoint or a rotation with any byte of it changed', async () => {
    const { note } = last();
    await refused(
      [
        ...spoiled(note).map((spoilt): Question => ({ ask: 'checkpoint', ...last(), note: spoilt })),
        ...spoiled(log.rotation.note).map(
          (spoilt): Question => ({ ask: 'note', ...log.rotation, note: spoilt }),
        ),
      ],
      note.length + log.rotation.note.length,
    );
  });

  it('refuses a checkpoint by the key of another time', async () => {
    const other = log.checkpoints.filter(({ size }) => size < ROTATED_AT);
    await refused(
      other.map((signed) => ({ ask: 'checkpoint', ...signed, keys: last().keys })),
      other.length,
    );
  });

  it('follows the proof of every event to the signed root', async () => {
    const questions: Question[] = [];
    for (let position = 1; position <= last().size; position += 1)
      questions.push(await inclusionOf(position));
    holds(await go.ask(questions), 700);
  });

  it('refuses a proof with any byte of it changed, or of another event', async () => {
    const question = await inclusionOf(301);
    const questions = spoiled(question.proof).map((proof): Question => ({ ...question, proof }));
    const others = log.entries
      .filter((_, i) => i !== 300)
      .map((entry): Question => ({ ...question, entries: [entry] }));
    await refused([...questions, ...others], question.proof.length + 699);
  });

  it('follows the proof that the log goes on from each checkpoint to each later one', async () => {
    holds(await go.ask(await consistencies()), (SIZES.length * (SIZES.length + 1)) / 2);
  });

  it('refuses a proof of consistency with any byte of it changed', async () => {
    const questions = (await consistencies()).flatMap((question) =>
      question.path.flatMap((hash, i) =>
        spoiled(hash).map((spoilt): Question => ({ ...question, path: question.path.with(i, spoilt) })),
      ),
    );
    await refused(questions, 1_000);
  });

  it('proves every event of each checkpoint from the tiles alone', async () => {
    const questions: Question[] = [];
    for (const checkpoint of log.checkpoints.filter(({ size }) => size > 0)) {
      const folder = freshFolder();
      await writeTiles(log.pool, folder, checkpoint.size);
      questions.push(tilesOf(checkpoint, folder));
    }
    holds(await go.ask(questions), SIZES.length - 1);
  });

  it('refuses tiles of which any has one byte changed', async () => {
    const folder = freshFolder();
    const paths = await writeTiles(log.pool, folder, last().size);
    expect(paths.map((path) => path.slice(folder.length))).toEqual([
      '/tile/0/000',
      '/tile/0/001',
      '/tile/0/002.p/188',
      '/tile/1/000.p/2',
    ]);
    for (const path of paths) {
      const tile = readFileSync(path);
      for (const at of [0, Math.floor(tile.length / 2), tile.length - 1]) {
        const spoilt = Buffer.from(tile);
        spoilt[at] = (tile[at] as number) ^ 1;
        writeFileSync(path, spoilt);
        await refused([tilesOf(last(), folder)], 1);
      }
      writeFileSync(path, tile);
    }
    holds(await go.ask([tilesOf(last(), folder)]), 1);
  });

  it('names tiles as they are named here', async () => {
    const indexes = [0, 67, 255, 999, 1_000, 1_234_067, 999_999, 1_000_000, 5_000_000_001];
    const [answer] = await go.ask([{ ask: 'names', names: indexes }]);
    expect(answer?.Names).toEqual(indexes.map((index) => join('tile', '0', tileIndexPath(index))));
  });

  describe('read a policy of witnesses', () => {
    const witnesses = ['a', 'b', 'c'].map((name, i) =>
      signerKey(`example.org/${name}`, 'COSIGNATURE', Buffer.alloc(32, i + 1)),
    );
    const [a, b] = witnesses as [SignerKey, SignerKey, SignerKey];
    const policy = (...lines: string[]) =>
      [
        `log ${last().keys[0]}`,
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
      await refused([{ ask: 'policy', policy: Buffer.from(text), note: cosignedBy(a, b) }], 1);
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
