import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointsIn, keysIn, type Made, makeCheckpoint } from '../../audit/checkpoint/make.ts';
import { type DatabaseVerdict, verifyDatabase } from '../../audit/evidence/verifyDatabase.ts';
import { migrate } from '../../store/migrate.ts';
import { openPool } from '../../store/pool.ts';
import { createRecorder } from '../../store/record.ts';
import { storedTree } from '../../store/tree.ts';
import { parseCheckpoint } from '../../transparency/checkpoint.ts';
import { eventLeaf } from '../../transparency/hash.ts';
import { parseNote, verifyNote } from '../../transparency/note.ts';
import { consistencyProof, inclusionProof } from '../../transparency/proofs.ts';
import { readPublicRing, rotateRing } from '../../transparency/ring.ts';
import { parseRotation, trustedKeys } from '../../transparency/rotation.ts';
import { verifyConsistency, verifyInclusion } from '../../transparency/verify.ts';
import { asAdmin, freshDatabase, newStream, note, projections, tamper } from '../store/support.ts';
import { useEngines } from '../support/engines.ts';
import { freshFolder } from '../support/folder.ts';
import { closeGaps, edit, headAt, insertAfter, rehashFrom, remove, rollBackTo, swap } from './tampering.ts';

const ORIGIN = 'example.org/log';
const SIZES = [300, 650] as const;
const HEAD = 700;

describe('a log with checkpoints', () => {
  const engines = useEngines(['postgres']);
  let template: string;
  let folder: string;

  const write = async (pool: pg.Pool, count: number, stream = newStream(), version = 0) => {
    const events = Array.from({ length: count }, (_, i) => ({ type: 'Noted', data: { note: `ghi ${i}` } }));
    await createRecorder(pool, projections).record(note(stream, version, { events }));
  };
  const checkpoint = (
    pool: pg.Pool,
    more: Partial<Parameters<typeof makeCheckpoint>[0]> = {},
  ): Promise<Made> => makeCheckpoint({ pool, folder, origin: ORIGIN, now: Date.now, ...more });
  const keys = async () => (await readPublicRing(keysIn(folder))).keys;
  const verify = async (
    pool: pg.Pool,
    outside: string | undefined = checkpointsIn(folder),
  ): Promise<DatabaseVerdict> => verifyDatabase(pool, await keys(), outside);
  const withPool = async <T>(url: string, use: (pool: pg.Pool) => Promise<T>): Promise<T> => {
    const pool = openPool(url, { max: 4 });
    try {
      return await use(pool);
    } finally {
      await pool.end();
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'orgeid-'));
    template = await freshDatabase(engines().postgres.url);
    await migrate(template);
    await withPool(template, async (pool) => {
      const stream = newStream();
      for (let version = 0; version < 5; version += 1) await write(pool, 1, stream, version);
      await write(pool, 95);
      await write(pool, 200);
      await checkpoint(pool);
      await write(pool, 350);
      await checkpoint(pool);
      await write(pool, 50);
    });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A copy of the database, as it is at the end of a day. */
  async function copy(): Promise<string> {
    const name = `copy_${randomUUID().replaceAll('-', '')}`;
    const from = new URL(template).pathname.slice(1);
    await asAdmin(engines().postgres.url, (client) =>
      client.query(`create database ${name} template ${from}`),
    );
    const url = new URL(template);
    url.pathname = `/${name}`;
    return url.href;
  }

  async function verdictAfter(...steps: string[]): Promise<DatabaseVerdict> {
    const url = await copy();
    for (const sql of steps) await tamper(url, sql);
    return await withPool(url, (pool) => verify(pool));
  }

  it('holds, and says how far it is signed', async () => {
    expect(await withPool(await copy(), (pool) => verify(pool))).toMatchObject({
      whole: true,
      position: HEAD,
      checkpoints: 2 * SIZES.length,
      signed: 650,
    });
  });

  const found: [string, string[], object][] = [
    ['a payload', [edit.payload(3)], { fault: 'HASH', position: 3 }],
    ['a time', [edit.time(3)], { fault: 'HASH', position: 3 }],
    ['the moment of recording', [edit.recordedAt(400)], { fault: 'HASH', position: 400 }],
    ['an actor', [edit.actor(5)], { fault: 'HASH', position: 5 }],
    ['a look-up column', [edit.column(7)], { fault: 'COLUMNS', position: 7 }],
    ['an event deleted in the middle', [remove.at(120)], { fault: 'GAP', position: 120 }],
    ['the end deleted', [remove.after(690)], { fault: 'GAP', position: 691 }],
    ['a whole case deleted', [remove.stream(50)], { fault: 'GAP', position: 6 }],
    ['two events swapped', [swap(10, 11)], { fault: 'LINK', position: 10 }],
    ['an event inserted', [insertAfter(20)], { fault: 'HASH', position: 21 }],
  ];
  it.each(found)('shows %s', async (_, steps, fault) => {
    expect(await verdictAfter(...steps)).toMatchObject({ whole: false, ...fault });
  });

  const rehashed: [string, string[], object][] = [
    [
      'a payload',
      [edit.payload(3), rehashFrom(3)],
      { fault: 'ALTERED', from: 3, position: 3, checkpoint: { size: 300 } },
    ],
    [
      'a time',
      [edit.time(4), rehashFrom(4)],
      { fault: 'ALTERED', from: 4, position: 4, checkpoint: { size: 300 } },
    ],
    [
      'an actor',
      [edit.actor(400), rehashFrom(400)],
      { fault: 'ALTERED', from: 301, position: 650, differs: 400, checkpoint: { size: 650 } },
    ],
    [
      'an event that no full tile holds',
      [edit.payload(600), rehashFrom(600)],
      { fault: 'ALTERED', from: 301, position: 650 },
    ],
    [
      'an event deleted',
      [remove.at(120), closeGaps, rehashFrom(120)],
      { fault: 'ALTERED', from: 120, position: 120 },
    ],
    [
      'a whole case deleted',
      [remove.stream(50), closeGaps, rehashFrom(1)],
      { fault: 'ALTERED', from: 6, position: 6 },
    ],
    ['two events swapped', [swap(10, 11), rehashFrom(10)], { fault: 'ALTERED', from: 10, position: 10 }],
    ['an event inserted', [insertAfter(20), rehashFrom(20)], { fault: 'ALTERED', from: 21, position: 21 }],
    [
      'the end deleted',
      [remove.after(640), headAt(640)],
      { fault: 'ROLLED_BACK', position: 641, checkpoint: { size: 650 } },
    ],
  ];
  it('names only what is proved when the stored tiles were altered as well', async () => {
    const steps = [
      edit.payload(3),
      rehashFrom(3),
      `update orgeid.log_tiles set hashes = overlay(hashes placing
      sha256('\\x00'::bytea || (select hash from orgeid.events where position = 3)) from 65)`,
    ];
    expect(await verdictAfter(...steps)).toMatchObject({
      fault: 'ALTERED',
      from: 1,
      position: 300,
      differs: 4,
    });
  });

  it.each(rehashed)('shows %s when the whole chain was hashed anew', async (_, steps, fault) => {
    expect(await verdictAfter(...steps)).toMatchObject({ whole: false, ...fault });
  });

  it('shows that an old backup was put in its place, by the checkpoints outside the database', async () => {
    expect(await verdictAfter(rollBackTo(310))).toEqual({
      whole: false,
      fault: 'ROLLED_BACK',
      position: 311,
      checkpoint: { size: 650, keeper: 'FOLDER' },
    });
    const url = await copy();
    await tamper(url, rollBackTo(310));
    // The database alone cannot know: what it holds is what it held then.
    expect(await withPool(url, async (pool) => verifyDatabase(pool, await keys()))).toMatchObject({
      whole: true,
      signed: 300,
    });
  });

  it('shows an old backup that was gone on with', async () => {
    const url = await copy();
    await tamper(url, rollBackTo(310));
    const verdict = await withPool(url, async (pool) => {
      await write(pool, 400);
      return await verify(pool);
    });
    expect(verdict).toMatchObject({
      whole: false,
      fault: 'ALTERED',
      from: 301,
      position: 650,
      checkpoint: { size: 650 },
    });
  });

  it('cannot show what was altered after the last checkpoint and hashed anew, and says how far it is signed', async () => {
    expect(await verdictAfter(edit.payload(680), rehashFrom(680))).toMatchObject({
      whole: true,
      signed: 650,
    });
  });

  it('shows a checkpoint that no key of the log signed', async () => {
    const forged = `update orgeid.checkpoints set note = replace(note, E'\\n300\\n', E'\\n301\\n') where size = 300`;
    expect(await verdictAfter(forged)).toMatchObject({
      fault: 'UNSIGNED',
      checkpoint: { size: 300, keeper: 'DATABASE' },
    });
  });

  describe('and the next checkpoint', () => {
    const refused: [string, string[]][] = [
      ['was altered', [edit.payload(3), rehashFrom(3), 'delete from orgeid.log_tiles']],
      ['was altered after the last checkpoint', [edit.payload(680)]],
      ['lost its end', [remove.after(640), headAt(640)]],
      ['is an old backup', [rollBackTo(310)]],
    ];
    it.each(refused)('is not signed when the log %s', async (_, steps) => {
      const url = await copy();
      for (const sql of steps) await tamper(url, sql);
      const before = readdirSync(checkpointsIn(folder));
      await withPool(url, async (pool) => {
        await expect(checkpoint(pool)).rejects.toMatchObject({ code: 'EID_ERR_LOG_BROKEN' });
      });
      expect(readdirSync(checkpointsIn(folder))).toEqual(before);
    });

    /** A log of its own with keys of its own. */
    async function own<T>(use: (pool: pg.Pool, home: string) => Promise<T>): Promise<T> {
      const url = await freshDatabase(engines().postgres.url);
      await migrate(url);
      return await withPool(url, (pool) => use(pool, freshFolder()));
    }

    it('goes on from each one before, and every event is shown to be in it', () =>
      own(async (pool, home) => {
        const notes: Made[] = [];
        for (const count of [1, 3, 252, 1, 300, 120]) {
          await write(pool, count);
          notes.push(await checkpoint(pool, { folder: home }));
        }
        const { keys: own } = await readPublicRing(keysIn(home));
        const heads = notes.map(({ note }) => {
          const read = parseNote(note);
          const head = read && parseCheckpoint(read.text);
          if (!read || !head) throw new Error('no checkpoint');
          expect(verifyNote(read, own).valid).toBe(true);
          return head;
        });
        const { subtrees } = storedTree(pool);
        for (const older of heads)
          for (const newer of heads.filter(({ size }) => size >= older.size))
            expect(
              verifyConsistency(older, newer, await consistencyProof(subtrees, older.size, newer.size)),
            ).toBe(true);
        const last = heads.at(-1);
        if (!last) throw new Error('no head');
        const { rows } = await pool.query<{ hash: string }>(
          `select encode(hash, 'hex') as hash from orgeid.events order by position`,
        );
        for (const index of [0, 3, 255, 256, 511, 512, 676])
          expect(
            verifyInclusion(
              eventLeaf(rows[index]?.hash ?? ''),
              index,
              last.size,
              await inclusionProof(subtrees, index, last.size),
              last.root,
            ),
          ).toBe(true);
      }));

    it('is the same one while nothing is added, also of the empty log', () =>
      own(async (pool, home) => {
        const first = await checkpoint(pool, { folder: home });
        expect(first).toMatchObject({ made: true, size: 0 });
        expect(await checkpoint(pool, { folder: home })).toEqual({ ...first, made: false });
        await write(pool, 2);
        const both = await Promise.all([
          checkpoint(pool, { folder: home }),
          checkpoint(pool, { folder: home }),
        ]);
        expect(new Set(both.map(({ note }) => note)).size).toBe(1);
      }));

    it('is finished by the next call when a crash came between signing and telling', () =>
      own(async (pool, home) => {
        await write(pool, 4);
        const published: string[] = [];
        const publish = async () => {
          throw new Error('NATS does not answer');
        };
        await expect(checkpoint(pool, { folder: home, publish })).rejects.toThrow('NATS');
        const again = await checkpoint(pool, {
          folder: home,
          publish: async (note) => {
            published.push(note);
          },
        });
        expect(again).toMatchObject({ made: true, size: 4 });
        expect(published).toEqual([again.note]);
      }));

    it('is signed by the next key after a rotation, and by whoever trusted the first it is trusted', () =>
      own(async (pool, home) => {
        await write(pool, 4);
        await checkpoint(pool, { folder: home });
        const { keys: first } = await readPublicRing(keysIn(home));
        const { rotations } = await rotateRing(keysIn(home), ORIGIN, Date.now());
        await write(pool, 4);
        await checkpoint(pool, { folder: home });
        const outside = checkpointsIn(home);
        expect(await verifyDatabase(pool, first, outside)).toMatchObject({
          fault: 'UNSIGNED',
          checkpoint: { size: 8 },
        });
        const trusted = trustedKeys(
          first,
          rotations.flatMap((text) => parseRotation(text) ?? []),
        );
        expect(await verifyDatabase(pool, trusted, outside)).toMatchObject({ whole: true, signed: 8 });
      }));

    it('is not signed over a checkpoint that was put there by somebody else', () =>
      own(async (pool, home) => {
        await write(pool, 4);
        await checkpoint(pool, { folder: home });
        const [name = ''] = readdirSync(checkpointsIn(home));
        const file = join(checkpointsIn(home), name);
        rmSync(file);
        writeFileSync(file, 'example.org/log\n4\nAAAA\n\n— example.org/log AAAAAAAA\n');
        await write(pool, 4);
        await expect(checkpoint(pool, { folder: home })).rejects.toMatchObject({
          code: 'EID_ERR_LOG_BROKEN',
        });
      }));
  });
});
