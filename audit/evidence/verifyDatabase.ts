import type pg from 'pg';
import { type LogFault, verifyLog } from '../../store/verify.ts';
import { growingTree } from '../../transparency/growingTree.ts';
import { eventLeaf } from '../../transparency/hash.ts';
import type { VerifierKey } from '../../transparency/keys.ts';
import { findAltered } from './findAltered.ts';
import { type Found, type Keeper, signedCheckpoints } from './signed.ts';

/**
 * What is wrong with a log: with its chain (see `LogFault`); `UNSIGNED`: a checkpoint is not one of the log's, or no key of it signed it;
 * `ALTERED`: the log is not the one that a checkpoint signed, although its chain is whole; `ROLLED_BACK`: it is shorter than it was when a
 * checkpoint was signed.
 */
export type DatabaseFault = LogFault | 'UNSIGNED' | 'ALTERED' | 'ROLLED_BACK';

/** `position`: the first that is not right; of `ALTERED`, `from` and `position` are the first and the last that it can be, often the same. */
export type DatabaseVerdict =
  | {
      readonly whole: true;
      readonly position: number;
      readonly hash: string;
      /** Checkpoints that hold, and how many events the largest covers: what came after it nobody has signed yet. */
      readonly checkpoints: number;
      readonly signed: number;
    }
  | {
      readonly whole: false;
      readonly fault: DatabaseFault;
      readonly position: number;
      readonly from?: number;
      /** Of `ALTERED`: the first event that is not as the stored tiles have it. */
      readonly differs?: number;
      readonly checkpoint?: { readonly size: number; readonly keeper: Keeper };
    };

type Broken = Extract<DatabaseVerdict, { readonly whole: false }>;

/**
 * Walks the whole log once and compares it with every checkpoint of the database and of a folder outside it.
 *
 * @param keys trusted keys of the log
 * @param folder of checkpoints; only the database's own without it
 */
export async function verifyDatabase(
  pool: pg.Pool,
  keys: readonly VerifierKey[],
  folder?: string,
): Promise<DatabaseVerdict> {
  const checkpoints = signedCheckpoints(pool, folder, keys);
  const tree = growingTree();
  let next: Found | undefined = await take(checkpoints);
  let broken: Broken | undefined;
  let count = 0;
  let signed = 0;

  const compare = async () => {
    while (next && next.size === tree.size && !broken) {
      const { size, keeper, checkpoint } = next;
      if (!checkpoint)
        broken = { whole: false, fault: 'UNSIGNED', position: size, checkpoint: { size, keeper } };
      else if (checkpoint.root.equals(tree.root())) {
        count += 1;
        signed = size;
        next = await take(checkpoints);
      } else {
        const at = await findAltered(pool, signed, size, checkpoint.root);
        broken = { whole: false, fault: 'ALTERED', ...at, checkpoint: { size, keeper } };
      }
    }
  };

  await compare();
  const chain = await verifyLog(pool, async ({ hash }) => {
    if (broken) return;
    tree.push(0, eventLeaf(hash));
    if (next?.size === tree.size) await compare();
  });
  if (broken && (chain.whole || broken.position < chain.position)) return broken;
  if (next && next.size > tree.size) {
    const rolled = { size: next.size, keeper: next.keeper };
    if (chain.whole)
      return { whole: false, fault: 'ROLLED_BACK', position: tree.size + 1, checkpoint: rolled };
  }
  await checkpoints.return(undefined);
  return chain.whole ? { ...chain, checkpoints: count, signed } : chain;
}

async function take(checkpoints: AsyncGenerator<Found>): Promise<Found | undefined> {
  const { value, done } = await checkpoints.next();
  return done ? undefined : value;
}
