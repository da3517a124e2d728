import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import type { TestSystem } from '../support/system.ts';
import type { History } from './history.ts';
import { type Policies, pack } from './packed.ts';
import {
  folderOf,
  type Index,
  indexOf,
  logsOf,
  policiesOf,
  type Recorded,
  readIndex,
  readLogs,
  readPolicies,
  release,
} from './releases.ts';
import { eventually, untilStands } from './stage.ts';
import { standingOf } from './standing.ts';

const taskDone = /_WORKFLOW_TASK_COMPLETED$/;
const workflowTask = /_WORKFLOW_TASK_/;
const ended = /_WORKFLOW_EXECUTION_(COMPLETED|CONTINUED_AS_NEW)$/;

/** No workflow task is under way: whatever the workflow makes of its history is in it. */
const isAtRest = ({ events }: History): boolean =>
  ended.test(events.at(-1)?.eventType ?? '') ||
  taskDone.test(events.findLast(({ eventType }) => workflowTask.test(eventType))?.eventType ?? '');

/** One event a line, so that a change of a history can be read; who wrote it is of no interest. */
function textOf({ events }: History): string {
  const lines = events.map((event) => JSON.stringify(event));
  const text = `{"events":[\n${lines.join(',\n')}\n]}\n`;
  return text.replaceAll(/"identity":"[^"]*"/g, '"identity":"orgeid"');
}

/** An entry a line, by name. */
const sheetOf = (entries: Readonly<Record<string, unknown>>): string => {
  const sorted = Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{\n${sorted.map(([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`).join(',\n')}\n}\n`;
};

/**
 * Records histories of a running system into the folder of the present release, which is emptied first; with `only`, those whose
 * name begins so, beside what is there.
 */
export function createKeeper(system: TestSystem, only: string) {
  const folder = folderOf(release);
  const index = new Map(Object.entries(only === '' ? {} : readIndex(release)));
  const logs = new Map(Object.entries(only === '' ? {} : readLogs(release)));
  let policies: Policies = only === '' ? {} : readPolicies(release);
  if (only === '') rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  async function historyOf(workflowId: string): Promise<History> {
    const handle = system.temporal.workflow.getHandle(workflowId);
    let history: History = { events: [] };
    await eventually(`${workflowId} at rest`, async () => {
      history = JSON.parse(historyToJSON(await handle.fetchHistory())) as History;
      return isAtRest(history);
    });
    return history;
  }

  function write(name: string, history: History, what: Recorded): void {
    const { packed, policies: pinned } = pack(history);
    writeFileSync(join(folder, `${name}.json`), textOf(packed));
    policies = { ...policies, ...pinned };
    index.set(name, what);
    process.stderr.write(`${name}: ${history.events.length} events\n`);
  }

  /** The version of the case, once its workflow knows it: the task after the latest append is done. */
  async function versionKnown(stream: string): Promise<number> {
    const handle = system.temporal.workflow.getHandle(stream);
    let known = -1;
    await eventually(`${stream} knows its log`, async () => {
      known = (await handle.query<{ readonly version: number }>('snapshot')).version;
      return known === (await readCase(system.pool, stream))?.version;
    });
    return known;
  }

  /** The history of a case and what the log holds of it, of one and the same moment. */
  async function caseAtRest(stream: string) {
    for (;;) {
      const version = await versionKnown(stream);
      const history = await historyOf(stream);
      const found = await readCase(system.pool, stream);
      const facts = (await readStream(system.pool, stream)).map(
        ({ position: _, stream: __, recordedAt: ___, prevHash: ____, hash: _____, ...fact }) => fact,
      );
      if (found?.version === version && facts.length === version) return { history, found, facts };
    }
  }

  return {
    async keep(name: string, stream: string, ...points: readonly string[]): Promise<void> {
      await untilStands(system, stream, ...points);
      if (!name.startsWith(only)) return;
      const { history, found, facts } = await caseAtRest(stream);
      write(name, history, { workflow: found.type, standing: standingOf(found.type, found.state) });
      logs.set(name, { stream, facts });
    },
    async keepOther(name: string, workflow: string, workflowId: string): Promise<void> {
      if (name.startsWith(only)) write(name, await historyOf(workflowId), { workflow });
    },
    /** Says beside the histories which states they are in, what the log held, and which policies they pin. */
    finish(): void {
      const all: Index = Object.fromEntries(index);
      writeFileSync(indexOf(release), sheetOf(all));
      writeFileSync(logsOf(release), sheetOf(Object.fromEntries(logs)));
      writeFileSync(policiesOf(release), sheetOf(policies));
    },
  };
}
