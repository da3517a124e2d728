import { type InjectedSinks, Worker } from '@temporalio/worker';
import type { Sinks, WorkflowInfo } from '@temporalio/workflow';
import pino from 'pino';
import { installTelemetry } from '../../workers/telemetry.ts';
import type { History } from './history.ts';

export const silent = pino({ level: 'silent' });
installTelemetry(silent, undefined);

export type Named = { readonly name: string; readonly history: History };

/** Where bundles that tell their state are heard; see `tellsItsState`. */
const listening = (told: Map<string, unknown>): InjectedSinks<Sinks> => ({
  golden: {
    stands: {
      fn({ workflowId }: WorkflowInfo, state: string): void {
        told.set(workflowId, JSON.parse(state));
      },
      callDuringReplay: true,
    },
  },
});

/** Replays histories in a bundle that tells its state. @returns by name, the state that a case came to */
export async function replayedStates(
  workflowBundle: { readonly codePath: string },
  histories: readonly Named[],
): Promise<ReadonlyMap<string, unknown>> {
  const told = new Map<string, unknown>();
  const runs = histories.map(({ name, history }) => ({ workflowId: name, history }));
  const options = { workflowBundle, sinks: listening(told) };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, runs)) {
    if (error) throw new Error(workflowId, { cause: error });
  }
  return told;
}

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
