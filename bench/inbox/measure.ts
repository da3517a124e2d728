import type pg from 'pg';
import { projections } from '../../domain/projections.ts';
import { choices } from '../../domain/testing/random.ts';
import type { Task } from '../../schemas/task.ts';
import { createRecorder } from '../../store/record.ts';
import { percentile, round } from '../percentile.ts';
import { POLICY_VERSION } from './cases.ts';
import { countsQuestion, inboxQuestion, nextQuestion, type Question, searchQuestion } from './questions.ts';
import { streamOf } from './world.ts';

const questions = {
  inbox: inboxQuestion,
  counts: countsQuestion,
  next: nextQuestion,
  search: searchQuestion,
};
type Name = keyof typeof questions;
export type Latencies = Record<`${Name}P50Ms` | `${Name}P99Ms`, number>;

/** Asks `samples` questions of each kind in turn, one at a time, and times each. */
export async function ask(pool: pg.Pool, tasks: number, samples: number, seed: number): Promise<Latencies> {
  const times = { inbox: [], counts: [], next: [], search: [] } satisfies Record<Name, number[]> as Record<
    Name,
    number[]
  >;
  const c = choices(seed);
  for (let i = -30; i < samples; i += 1) {
    for (const [name, question] of Object.entries(questions) as [Name, Question][]) {
      const begun = performance.now();
      const more = await question(pool, c, tasks);
      const took = performance.now() - begun;
      if (i >= 0) times[name].push(took);
      if (typeof more !== 'function') continue;
      const again = performance.now();
      await more();
      if (i >= 0) times[name].push(performance.now() - again);
    }
  }
  const entries = (Object.entries(times) as [Name, number[]][]).flatMap(([name, each]) => [
    [`${name}P50Ms`, round(percentile(each, 0.5))],
    [`${name}P99Ms`, round(percentile(each, 0.99))],
  ]);
  return Object.fromEntries(entries) as Latencies;
}

/** Claims and releases tasks of random cases by the real recorder, at most `perSecond`, until stopped. */
export function write(pool: pg.Pool, tasks: number, perSecond: number): { stop(): Promise<number> } {
  const c = choices(99);
  const recorder = createRecorder(pool, projections);
  const began = performance.now();
  let going = true;
  let written = 0;
  const lane = async () => {
    while (going) {
      if (written > ((performance.now() - began) / 1000) * perSecond) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        continue;
      }
      written += 1;
      await toggle(streamOf(c.below(tasks)));
    }
  };
  async function toggle(stream: string): Promise<void> {
    const { rows } = await pool.query<{ version: number; task: Task }>({
      name: 'bench-task',
      text: `select c.version, t.task from orgeid.cases c join orgeid.tasks t on t.stream = c.stream
        where c.stream = $1 and t.status in ('OPEN', 'CLAIMED') limit 1`,
      values: [stream],
    });
    const [row] = rows;
    if (!row) return;
    const taskId = row.task.id;
    const holder = { id: `${row.task.units[0]}-o1`, name: 'Cán bộ', unit: row.task.units[0] ?? '' };
    await recorder.record({
      stream,
      caseType: 'registration',
      policyVersion: POLICY_VERSION,
      expectedVersion: row.version,
      commandId: `bench-${written}-${row.version}`,
      actor: holder,
      at: new Date().toISOString(),
      events: [
        row.task.holder
          ? { type: 'TaskReleased', data: { taskId } }
          : { type: 'TaskClaimed', data: { taskId, holder } },
      ],
    });
  }
  const lanes = [lane(), lane()];
  return {
    async stop() {
      going = false;
      await Promise.all(lanes);
      return round(written / ((performance.now() - began) / 1000), 1);
    },
  };
}
