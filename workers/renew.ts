import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Cases } from '../client/cases.ts';
import type { Queryable } from '../store/pool.ts';

export type Renewing = { readonly temporal: Client; readonly cases: Cases; readonly db: Queryable };
/** A case, and what came of it: `RENEWED`, or why not. */
export type Renewed = { readonly stream: string; readonly outcome: 'RENEWED' | 'UNKNOWN' | 'UNAVAILABLE' };

const PAGE = 500;

/** Streams of all open cases, in their order. */
async function* openCases(db: Queryable): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const { rows } = await db.query<{ stream: string }>({
      name: 'open-cases',
      text: 'select stream from orgeid.cases where not closed and stream > $1 order by stream limit $2',
      values: [after, PAGE],
    });
    for (const { stream } of rows) yield stream;
    const last = rows.at(-1);
    if (!last) return;
    after = last.stream;
  }
}

/** What the server knows of a case's workflow; undefined when it knows none. */
async function workflowOf({ temporal }: Renewing, stream: string) {
  try {
    return await temporal.workflow.getHandle(stream).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/**
 * Open cases whose workflow does not get on (its present task was tried more than once: code and history do not belong together,
 * or a rule throws) or does not run.
 */
export async function* failingCases(renewing: Renewing): AsyncGenerator<string> {
  for await (const stream of openCases(renewing.db)) {
    const workflow = await workflowOf(renewing, stream);
    const tried = workflow?.raw.pendingWorkflowTask?.attempt ?? 0;
    if (workflow?.status.name !== 'RUNNING' || tried > 1) yield stream;
  }
}

/** Open cases whose present run began before a time: with the code of that time. */
export async function* casesBegunBefore(renewing: Renewing, time: Date): AsyncGenerator<string> {
  for await (const stream of openCases(renewing.db)) {
    const workflow = await workflowOf(renewing, stream);
    if (!workflow || workflow.startTime < time) yield stream;
  }
}

/**
 * Ends the workflow of a case and begins another, which reads the log: whatever the history was, the case goes on in the code
 * that runs now. Timers follow from the state; questions under way are put again under their own ids; a command that was just
 * being carried out is met again by its sender's next attempt.
 */
export async function renewCase({ temporal, cases, db }: Renewing, stream: string): Promise<Renewed> {
  const { rows } = await db.query<{ version: number }>('select version from orgeid.cases where stream = $1', [
    stream,
  ]);
  const version = rows[0]?.version;
  if (version === undefined) return { stream, outcome: 'UNKNOWN' };
  try {
    await temporal.workflow.getHandle(stream).terminate('renewed from the log');
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  try {
    await cases.wake(stream, version);
    return { stream, outcome: 'RENEWED' };
  } catch {
    return { stream, outcome: 'UNAVAILABLE' };
  }
}
