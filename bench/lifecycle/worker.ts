import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { askActivities } from '../../activities/registries.ts';
import { connectBus } from '../../bus/connect.ts';
import { createLogger } from '../../log/logger.ts';
import { endWithParent } from '../../processes/parent.ts';
import { openPool } from '../../store/pool.ts';
import { bundling } from '../../workers/bundle.ts';
import { readEnvironment } from '../../workers/environment.ts';
import { installTelemetry } from '../../workers/telemetry.ts';
import type { BenchActivities } from './workflows.ts';

/** The worker of the hand-written workflows: the same settings and the same asking activities as the real one. */
const log = createLogger('bench-worker');
const env = readEnvironment(process.env);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
endWithParent(stop);
installTelemetry(log, undefined);

const db = openPool(env.ORGEID_POSTGRES_URL, { max: 20 });
await db.query(`create table if not exists public.by_hand
  (workflow_id text, step text, data jsonb, at timestamptz default now(), primary key (workflow_id, step))`);
const nc = await connectBus({ servers: env.ORGEID_NATS_URL, name: 'orgeid-bench-worker' });
const address = env.ORGEID_TEMPORAL_ADDRESS;
const client = new Client({ connection: await Connection.connect({ address }) });
const taskQueue = env.ORGEID_TASK_QUEUE;

const activities: BenchActivities = {
  async store({ workflowId, step, data }) {
    await db.query({
      name: 'step',
      text: `insert into public.by_hand (workflow_id, step, data) values ($1, $2, $3)
        on conflict (workflow_id, step) do nothing`,
      values: [workflowId, step, JSON.stringify(data)],
    });
  },
  async startAccount({ account, notice, stores }) {
    await client.workflow.start('accountByHand', {
      workflowId: account,
      taskQueue,
      args: [{ notice, stores }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  },
};
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue,
  workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  bundlerOptions: bundling(['workflows/stack-traces.ts']),
  activities: { ...askActivities(nc), ...activities },
  maxCachedWorkflows: 2_000,
  maxConcurrentActivityTaskExecutions: 200,
  shutdownGraceTime: '2s',
});
stop.signal.addEventListener('abort', () => worker.shutdown());
process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid })}\n`);
await worker.run();
await nc.close();
await db.end();
process.exit(0);
