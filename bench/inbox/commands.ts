import { fileURLToPath } from 'node:url';
import { createLogger } from '../../log/logger.ts';
import { callerAs } from '../../test/support/http.ts';
import { send, streamOf } from '../../test/support/play.ts';
import { filingOf, officers, registrant } from '../../test/support/requests.ts';
import { startTestSystem, type TestSystem } from '../../test/support/system.ts';
import { spawnWorker } from '../../workers/spawn.ts';
import { percentile, round } from '../percentile.ts';

export type CommandRates = { readonly commandsPerSecond: number; readonly bareUpdatesPerSecond: number };

const QUEUE = 'orgeid-bench';

/** One command on one of the tasks; `n` from 1. */
type Turn = (n: number, turn: number) => Promise<void>;

/** Every task is claimed and released in turn, all tasks at once. Returns commands per second. */
async function rate(tasks: number, first: number, turns: number, take: Turn): Promise<number> {
  const lane = async (n: number) => {
    for (let turn = first; turn < first + turns; turn += 1) await take(n, turn);
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: tasks }, (_, i) => lane(i + 1)));
  return (tasks * turns) / ((performance.now() - begun) / 1000);
}

async function overHttp(system: TestSystem, tasks: number): Promise<Turn> {
  const { edge, watch } = system;
  if (!edge) throw new Error('the system has no API');
  const every = Array.from({ length: tasks }, (_, i) => i + 1);
  await Promise.all(every.map((n) => send(system, streamOf(n), registrant(n), 'FileRequest', filingOf(n))));
  await Promise.all(every.map((n) => watch.untilStatus(streamOf(n), 'LOCAL_VERIFICATION')));
  const verifier = callerAs(edge, officers.verifier.id);
  return async (n, turn) => {
    const command = turn % 2 === 0 ? 'claim-task' : 'release-task';
    const answer = await verifier.post(`/registrations/${streamOf(n)}/${command}`, { taskId: 'verify-1' });
    if (answer.status !== 200) throw new Error(`${command}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
}

async function bare({ temporal }: TestSystem, tasks: number, turns: number): Promise<Turn> {
  const id = (n: number) => `bare-task-${n}`;
  const every = Array.from({ length: tasks }, (_, i) => i + 1);
  await Promise.all(
    every.map((n) =>
      temporal.workflow.start('bareTask', { workflowId: id(n), taskQueue: QUEUE, args: [turns] }),
    ),
  );
  return async (n, turn) => {
    await temporal.workflow
      .getHandle(id(n))
      .executeUpdate('turn', { args: [{ by: officers.verifier.id }], updateId: `turn-${turn}` });
  };
}

/** Commands per second through the API beside bare Updates, in turns on the same engines; medians of the rounds. */
export async function commandRates(
  tasks: number,
  turns: number,
  rounds: number,
  say: (text: string) => void,
): Promise<CommandRates> {
  const absent = new Set(Array.from({ length: tasks }, (_, i) => i + 1));
  const api = { ORGEID_RATE_PER_MINUTE: '1000000' };
  const system = await startTestSystem({ organisations: tasks, absent, api });
  try {
    const env = { ORGEID_TEMPORAL_ADDRESS: system.engines.temporal.address, ORGEID_TASK_QUEUE: QUEUE };
    const entry = fileURLToPath(new URL('./bare/worker.ts', import.meta.url));
    const worker = await spawnWorker(env, createLogger('bench', { level: 'error' }), entry);
    try {
      const http = await overHttp(system, tasks);
      const updates = await bare(system, tasks, turns * (rounds + 1));
      const rates: CommandRates[] = [];
      for (let r = 0; r <= rounds; r += 1) {
        const commandsPerSecond = await rate(tasks, r * turns, turns, http);
        const bareUpdatesPerSecond = await rate(tasks, r * turns, turns, updates);
        const found = { commandsPerSecond, bareUpdatesPerSecond };
        if (r > 0) rates.push(found); // the first warms up
        say(`commands: ${JSON.stringify(found)}`);
      }
      const median = (key: keyof CommandRates) =>
        round(
          percentile(
            rates.map((one) => one[key]),
            0.5,
          ),
          1,
        );
      return {
        commandsPerSecond: median('commandsPerSecond'),
        bareUpdatesPerSecond: median('bareUpdatesPerSecond'),
      };
    } finally {
      await worker.stop();
    }
  } finally {
    await system.stop();
  }
}
