import { setTimeout as pause } from 'node:timers/promises';
import { createCases } from '../../client/cases.ts';
import { caseSources } from '../../store/caseSources.ts';
import { putPolicy } from '../../store/policy.ts';
import { readCase } from '../../store/readCase.ts';
import { compressed, policyWith, type TestSystem, type Values } from '../support/system.ts';
import { pointsOf, standingOf } from './standing.ts';

/** How many organisations the registries of a recording know. */
export const KNOWN = 60;
const PATIENCE_MS = 90_000;
const NOWHERE = 'nobody-works-here';

/** What plays share: one running system, organisations of their own, and the recorder. */
export type Stage = {
  readonly system: TestSystem;
  /** An organisation that no other play uses, and that the registries know or do not know. */
  known(): number;
  unknown(): number;
  /** The same system for cases under another policy, which may continue as new after so many history events. */
  under(values: Values, continueAfter?: number): Promise<TestSystem>;
  /** Waits until the case stands at all these points and its workflow rests, and records its history under a name. */
  keep(name: string, stream: string, ...points: readonly string[]): Promise<void>;
  /** Records the history of a workflow that is no case. */
  keepOther(name: string, workflow: string, workflowId: string): Promise<void>;
};

/** One piece of recording. */
export type Play = (stage: Stage) => Promise<void>;

/** Looks until something holds. @throws when it does not in a minute and a half, saying what was awaited */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`in vain: ${what}`);
    await pause(50);
  }
}

/** Waits until a case stands at all these points: `TASK VERIFY`, `deadline MarkOverdue`, a status. */
export async function untilStands(
  { pool }: Pick<TestSystem, 'pool'>,
  stream: string,
  ...points: readonly string[]
): Promise<void> {
  let stands: readonly string[] = [];
  const look = async () => {
    const found = await readCase(pool, stream);
    stands = found ? pointsOf(standingOf(found.type, found.state)) : [];
    return points.every((point) => stands.includes(point));
  };
  await eventually(`${stream} at ${points.join(', ')}`, look).catch((error: Error) => {
    throw new Error(`${error.message}; it stands at ${stands.join(', ') || 'nothing'}`);
  });
}

/**
 * Puts a workflow that nobody works on in the place of another, while something is done: whoever tells it something waits,
 * as if its worker were away. The case that was there goes on from its log when it is told something again.
 */
export async function heldUp(
  { temporal }: Pick<TestSystem, 'temporal'>,
  workflowId: string,
  during: () => Promise<void>,
): Promise<void> {
  const handle = await temporal.workflow.start('account', {
    workflowId,
    taskQueue: NOWHERE,
    workflowIdConflictPolicy: 'TERMINATE_EXISTING',
  });
  try {
    await during();
  } finally {
    await handle.terminate('no longer held up');
  }
}

/** Cases of a running system under another policy of its own version. */
export async function underPolicy(
  system: TestSystem,
  version: string,
  values: Values,
  continueAfter?: number,
): Promise<TestSystem> {
  const { pool, temporal } = system;
  await putPolicy(pool, await policyWith(version, { ...compressed, ...values }));
  const sources = await caseSources(pool, version);
  const more = continueAfter === undefined ? {} : { continueAfter };
  const cases = createCases({ temporal, taskQueue: 'orgeid', sources, ...more });
  return { ...system, cases, policy: sources.currentPolicy };
}
