import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createLogger } from '../../../log/logger.ts';
import { endWithParent } from '../../../processes/parent.ts';
import { bundling } from '../../../workers/bundle.ts';
import { installTelemetry } from '../../../workers/telemetry.ts';

/** The worker of the bare workflow, with the settings of the real one. */
const log = createLogger('bench-worker');
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
endWithParent(stop);
installTelemetry(log, undefined);

const { ORGEID_TEMPORAL_ADDRESS: address = '', ORGEID_TASK_QUEUE: taskQueue = '' } = process.env;
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue,
  workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  bundlerOptions: bundling(['workflows/stack-traces.ts']),
  maxCachedWorkflows: 2_000,
  shutdownGraceTime: '2s',
});
stop.signal.addEventListener('abort', () => worker.shutdown());
process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid })}\n`);
await worker.run();
process.exit(0);
