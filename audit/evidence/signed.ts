import type pg from 'pg';
import { readCheckpoints } from '../../store/checkpoints.ts';
import { type Checkpoint, parseCheckpoint } from '../../transparency/checkpoint.ts';
import type { VerifierKey } from '../../transparency/keys.ts';
import { parseNote, verifyNote } from '../../transparency/note.ts';
import { keptSizes, readKept } from '../checkpoint/kept.ts';

/** Where a checkpoint was found. */
export type Keeper = 'DATABASE' | 'FOLDER';

/** A checkpoint as somebody kept it; `checkpoint` is absent when it is not signed by a trusted key, or is none. */
export type Found = { readonly keeper: Keeper; readonly size: number; readonly checkpoint?: Checkpoint };

const PAGE = 500;

/** All checkpoints of the database and of a folder, the smallest first, one page in memory. */
export async function* signedCheckpoints(
  pool: pg.Pool,
  folder: string | undefined,
  keys: readonly VerifierKey[],
): AsyncGenerator<Found> {
  const kept = folder === undefined ? [] : await keptSizes(folder);
  let next = 0;
  const fromFolder = async function* (upTo: number): AsyncGenerator<Found> {
    for (; next < kept.length && (kept[next] as number) <= upTo; next += 1) {
      const size = kept[next] as number;
      const note = (await readKept(folder as string, size)) ?? '';
      yield { keeper: 'FOLDER', size, ...opened(note, size, keys) };
    }
  };
  for (let after = -1; ; ) {
    const page = await readCheckpoints(pool, after, PAGE);
    for (const { size, note } of page) {
      yield* fromFolder(size);
      yield { keeper: 'DATABASE', size, ...opened(note, size, keys) };
      after = size;
    }
    if (page.length < PAGE) break;
  }
  yield* fromFolder(Number.POSITIVE_INFINITY);
}

function opened(note: string, size: number, keys: readonly VerifierKey[]): { checkpoint?: Checkpoint } {
  const read = parseNote(note);
  const checkpoint = read && parseCheckpoint(read.text);
  return read && checkpoint?.size === size && verifyNote(read, keys).valid ? { checkpoint } : {};
}
