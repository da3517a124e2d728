import type { Registry } from '../../schemas/registry.ts';
import type { CheckBus } from './bus.ts';
import type { CheckCases } from './cases.ts';
import type { AdapterProcess } from './process.ts';
import type { Questions } from './questions.ts';
import type { ItemStatus } from './report.ts';

/** The adapter's own way in, where the server has permissions. */
export type AdapterCredentials = { readonly url: string; readonly seedFile: string };

export type CheckContext = {
  readonly party: Registry;
  readonly cases: CheckCases;
  readonly questions: Questions;
  readonly bus: CheckBus;
  /** Undefined when the adapter was started by somebody else. */
  readonly process: AdapterProcess | undefined;
  readonly credentials: AdapterCredentials | undefined;
  /** How long one answer may take, ms. */
  readonly timeoutMs: number;
  /** How long the adapter may take to start, ms. */
  readonly startMs: number;
  /** How many queries a burst has. */
  readonly burst: number;
};

export type Outcome = { readonly status: ItemStatus; readonly came: string; readonly next?: string };

export type Item = {
  readonly name: string;
  /** What is done, what is expected, and what to do when something else comes. */
  readonly did: string;
  readonly expected: string;
  readonly next: string;
  run(context: CheckContext): Promise<Outcome>;
};

export const passed = (came: string): Outcome => ({ status: 'PASSED', came });
/** `next` takes the place of the item's own. */
export const failed = (came: string, next?: string): Outcome => ({
  status: 'FAILED',
  came,
  ...(next === undefined ? {} : { next }),
});
/** `next` says what would have it run. */
export const notRun = (why: string, next: string): Outcome => ({ status: 'NOT_RUN', came: why, next });
