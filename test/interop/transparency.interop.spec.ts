import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proofOf } from '../../audit/evidence/proofOf.ts';
import { storedTree } from '../../store/tree.ts';
import { parseCheckpoint } from '../../transparency/checkpoint.ts';
import { parseVerifierKey } from '../../transparency/keys.ts';
import { parseNote, verifyNote } from '../../transparency/note.ts';
import { consistencyProof } from '../../transparency/proofs.ts';
import { parseRotation } from '../../transparency/rotation.ts';
import { tileIndexPath } from '../../transparency/tiles.ts';
import { useEngines } from '../support/engines.ts';
import { freshFolder } from '../support/folder.ts';
import { ORIGIN, ROTATED_AT, SIZES, type SignedLog, signedLog, writeTiles } from './transparency/log.ts';
import { spoiled } from './transparency/spoiled.ts';
import { type Answer, buildVerifier, type Question, type Verifier } from './transparency/verifier.ts';

/** The evidence of a log, read by the libraries of Go's checksum database and of transparency.dev. */
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
});
