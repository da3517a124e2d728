import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CommandMeta } from '../schemas/case.ts';
import type { CasePolicy } from '../schemas/policy.ts';

/** A command as it travels: checked against its schema at the edge. */
export type WireCommand = CommandMeta & { readonly type: string; readonly data: unknown };

/** The version of the case after the command: its sender reads its own write from there. */
export type CommandAnswer = { readonly version: number };

/** What a new run takes over from the one before it. */
export type Carried = {
  readonly state: unknown;
  readonly version: number;
  readonly recent: readonly (readonly [commandId: string, version: number])[];
  readonly correlationId: string;
};

/** Start input of every case: its stream, the policy it pins, and what an earlier run carried over. */
export type CaseInput = {
  readonly stream: string;
  readonly policy: CasePolicy;
  readonly carried?: Carried;
  /** Continue as new after so many history events; the server's own suggestion when absent. */
  readonly continueAfter?: number;
};

/** The one Update: a command, under its own id. `Wake` decides nothing and brings the case up to its log. */
export const command = defineUpdate<CommandAnswer, [WireCommand]>('command');

/** State and version as the workflow holds them. */
export const snapshot = defineQuery<{ readonly version: number; readonly state: unknown }>('snapshot');

/** Failure type by which a case refuses to be woken: it knows its log already. */
export const UP_TO_DATE = 'EID_UP_TO_DATE';
