import type { WorkerProcess } from '../../workers/spawn.ts';
import type { TestSystem } from './system.ts';

export type Supervision = {
  deaths(): number;
  alive(): readonly WorkerProcess[];
};

/** Does some work while a pool of workers runs in which whichever dies is replaced; `envOf` arms the next one. */
export async function withWorkers(
  system: TestSystem,
  size: number,
  work: (workers: Supervision) => Promise<void>,
  envOf?: (born: number) => Readonly<Record<string, string>>,
): Promise<void> {
  const workers = supervise(system, size, envOf);
  try {
    await work(workers);
  } finally {
    await workers.stop();
  }
}

function supervise(
  system: TestSystem,
  size: number,
  envOf: (born: number) => Readonly<Record<string, string>> = () => ({}),
) {
  let running = true;
  let born = 0;
  let deaths = 0;
  const alive = new Set<WorkerProcess>();

  async function lane(): Promise<void> {
    while (running) {
      const env = envOf(born);
      born += 1;
      const worker = await system.addWorker(env).catch(() => undefined);
      if (!worker) {
        deaths += 1;
        continue;
      }
      alive.add(worker);
      await worker.ended;
      alive.delete(worker);
      deaths += 1;
    }
  }
  const lanes = Array.from({ length: size }, lane);

  return {
    deaths: () => deaths,
    alive: (): readonly WorkerProcess[] => [...alive],
    async stop() {
      running = false;
      await Promise.all([...alive].map((worker) => worker.stop()));
      await Promise.all(lanes);
    },
  };
}
