import { Worker } from '@temporalio/worker';
import pino from 'pino';
import { installTelemetry } from '../../workers/telemetry.ts';
import type { History } from './releases.ts';

export const silent = pino({ level: 'silent' });
installTelemetry(silent, undefined);

export type Named = { readonly name: string; readonly history: History };

/** Replays histories, with no server. @returns by name, what does not belong to these workflows, and how that shows */
export async function replayAll(
  workflowBundle: { readonly codePath: string },
  histories: readonly Named[],
): Promise<ReadonlyMap<string, Error>> {
  const runs = histories.map(({ name, history }) => ({ workflowId: name, history }));
  const errors = new Map<string, Error>();
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, runs)) {
    if (error) errors.set(workflowId, error);
  }
  return errors;
}

/** How an SDK says that code and history do not belong together. */
export const NONDETERMINISM = /nondeterminism|DeterminismViolation|TMPRL1100/i;
