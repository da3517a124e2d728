import type { NatsConnection } from '@nats-io/transport-node';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { makeCheckpoint } from '../audit/checkpoint/make.ts';
import { publishCheckpoint } from '../bus/checkpoints.ts';
import { DomainError } from '../domain/error.ts';
import { lastCheckpoint } from '../store/checkpoints.ts';
import { readHead } from '../store/read.ts';
import { storedTree } from '../store/tree.ts';
import { consistencyProof } from '../transparency/proofs.ts';
import type { Witness } from '../transparency/tlogPolicy.ts';
import { cosignedBy } from '../transparency/witness.ts';
import type { CheckpointActivities, CheckpointDue } from '../workflows/checkpoint.ts';

/** `folder`: where keys and checkpoints are kept outside the database; `origin`: name of the log. */
export type CheckpointKeeping = {
  readonly folder: string;
  readonly origin: string;
  readonly witnesses: readonly Witness[];
};

const HEARTBEAT_MS = 5_000;
const WITNESS_WITHIN_MS = 10_000;

/** Signs the log; without a folder nothing is signed. */
export const checkpointActivities = (
  pool: Pool,
  nc: NatsConnection,
  keeping: CheckpointKeeping | undefined,
  log: Logger,
): CheckpointActivities => ({
  async checkpointWhenDue(due) {
    if (!keeping) return undefined;
    const stands = await notDue(pool, due);
    if (stands) return { made: false, size: stands.size, note: stands.note };
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
    try {
      return await makeCheckpoint({
        pool,
        folder: keeping.folder,
        origin: keeping.origin,
        now: Date.now,
        cosign: async (note, checkpoint) => {
          const { subtrees } = storedTree(pool);
          const proof = (older: number, newer: number) => consistencyProof(subtrees, older, newer);
          const { witnesses } = keeping;
          const cosigned = await cosignedBy(witnesses, note, checkpoint, proof, WITNESS_WITHIN_MS);
          for (const { name, why } of cosigned.without)
            log.warn({ witness: name, why }, 'a witness did not cosign');
          return cosigned.note;
        },
        publish: (note, size) => publishCheckpoint(nc, note, size, { signal: context.cancellationSignal }),
      });
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'EID_ERR_LOG_BROKEN')) throw error;
      log.error(
        { err: error, details: error.details },
        'the log is not the one that was signed: no checkpoint is made',
      );
      throw ApplicationFailure.create({
        type: 'LogBroken',
        message: error.message,
        details: [error.details],
        nonRetryable: true,
      });
    } finally {
      clearInterval(beat);
    }
  },
});

/** The last checkpoint when none is due. */
async function notDue(pool: Pool, { grownBy, olderThanMs }: CheckpointDue) {
  const last = await lastCheckpoint(pool);
  if (!last || (grownBy === 0 && olderThanMs === 0)) return undefined;
  const grown = (await readHead(pool)).position - last.size;
  const due =
    grown >= Math.max(1, grownBy) || (grown > 0 && Date.now() - Date.parse(last.madeAt) >= olderThanMs);
  // One that a crash left half made is the last outside the database and not in it: the next that is due finishes it.
  return due ? undefined : last;
}
