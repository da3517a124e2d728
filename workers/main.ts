import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { accountActivities } from '../activities/accounts.ts';
import { auditReconciliationActivities } from '../activities/auditReconciliation.ts';
import { caretakerActivities } from '../activities/caretaker.ts';
import { checkpointActivities } from '../activities/checkpoints.ts';
import { logActivities } from '../activities/log.ts';
import { mirrorActivities } from '../activities/mirror.ts';
import { orderActivities } from '../activities/orders.ts';
import { reconciliationActivities } from '../activities/reconciliation.ts';
import { askActivities } from '../activities/registries.ts';
import { relayActivities } from '../activities/relay.ts';
import { verificationActivities } from '../activities/verifications.ts';
import { connectBus } from '../bus/connect.ts';
import { runGateway } from '../bus/gateway.ts';
import { ensureStreams } from '../bus/streams.ts';
import { createCases } from '../client/cases.ts';
import { projections } from '../domain/projections.ts';
import { createLogger } from '../log/logger.ts';
import { loadPolicy } from '../policies/load.ts';
import { endWithParent } from '../processes/parent.ts';
import { revokedAt } from '../store/adapters.ts';
import { caseSources } from '../store/caseSources.ts';
import { openPool } from '../store/pool.ts';
import { noteAsked } from '../store/questions.ts';
import { createRecorder } from '../store/record.ts';
import { warnOfOwner } from '../store/roles/warn.ts';
import { waitForLog } from '../store/waitForLog.ts';
import { startTracing } from '../telemetry/start.ts';
import { clientInterceptors, tracedActivities } from '../telemetry/temporal.ts';
import { takeAcks } from './acks.ts';
import { workflowBundle } from './bundle.ts';
import { takeChanges } from './changes.ts';
import { readCheckpointKeeping } from './checkpointKeeping.ts';
import { readEnvironment } from './environment.ts';
import { journalInto } from './journal.ts';
import { measureLag } from './lag.ts';
import { createSettling } from './settle.ts';
import { ensureSingletons } from './singletons.ts';
import { installTelemetry, settled, tracingSinks } from './telemetry.ts';

/**
 * The worker process: cases, their activities, the gateway for answers, the relay, the mirror and the caretaker. Several may run;
 * any may be killed at any time. Says `{"ready":true}` on standard output once it takes work.
 */
async function main(): Promise<void> {
  const log = createLogger('worker');
  const env = readEnvironment(process.env);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  endWithParent(stop);
  installTelemetry(log, env.ORGEID_METRICS_ADDRESS);
  const tracing = await startTracing('orgeid-worker');

  const db = openPool(env.ORGEID_POSTGRES_URL, { max: 20 });
  const nc = await connectBus({ servers: env.ORGEID_NATS_URL, name: 'orgeid-worker' });
  await ensureStreams(nc, { replicas: env.ORGEID_STREAM_REPLICAS, signal: stop.signal });
  const address = env.ORGEID_TEMPORAL_ADDRESS;
  const connection = await Connection.connect({ address });
  const client = new Client({
    connection,
    interceptors: { workflow: await clientInterceptors(tracing !== undefined) },
  });
  const taskQueue = env.ORGEID_TASK_QUEUE;
  const sources = await caseSources(db, env.ORGEID_POLICY_VERSION || (await loadPolicy()).version);
  await warnOfOwner(db, log);
  const continueAfter = env.ORGEID_CONTINUE_AFTER;
  const cases = createCases({
    temporal: client,
    taskQueue,
    sources,
    ...(continueAfter === undefined ? {} : { continueAfter }),
  });

  const keeping = await readCheckpointKeeping(env, log);

  const missed = (err: unknown) => log.warn({ err }, 'the asking of a question could not be noted');

  const native = await NativeConnection.connect({ address });
  const waitAfter = async (position: number, signal: AbortSignal) => {
    await waitForLog(db, position, signal);
  };
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: await workflowBundle(log, env.ORGEID_WORKFLOW_BUNDLE),
    sinks: tracingSinks(tracing),
    ...(tracing ? { interceptors: { activity: [tracedActivities] } } : {}),
    activities: {
      ...logActivities(db, createRecorder(db, projections)),
      ...askActivities(nc, (asked) => noteAsked(db, asked).catch(missed)),
      ...accountActivities(cases, db),
      ...orderActivities(cases, db),
      ...verificationActivities(cases, db),
      ...reconciliationActivities(db, sources.policy),
      ...relayActivities(nc, db, waitAfter, log, env.ORGEID_STREAM_REPLICAS),
      ...mirrorActivities(nc, db, waitAfter, log, env.ORGEID_STREAM_REPLICAS),
      ...checkpointActivities(db, nc, keeping, log),
      ...auditReconciliationActivities(client, db, nc, log),
      ...caretakerActivities(cases, db, nc, log, env.ORGEID_CARETAKER_GRACE_MS, sources.policy),
    },
    maxCachedWorkflows: 2_000,
    stickyQueueScheduleToStartTimeout: '3s',
    maxConcurrentActivityTaskExecutions: 200,
    shutdownGraceTime: '2s',
  });
  const settling = createSettling(client, cases, db);
  const gateway = runGateway({
    nc,
    signal: stop.signal,
    log,
    ...settling,
    journal: journalInto(db),
    revoked: (party, at) => revokedAt(db, party, at),
    within: settled,
  });
  const changes = takeChanges(nc, cases, db, log, stop.signal);
  const acks = takeAcks(nc, cases, db, log, stop.signal);
  const lag = env.ORGEID_METRICS_ADDRESS === undefined ? undefined : measureLag(nc, db, stop.signal);
  await ensureSingletons(client, taskQueue, {
    caretakerEveryMs: env.ORGEID_CARETAKER_EVERY_MS,
    checkpoint: {
      lookMs: env.ORGEID_CHECKPOINT_LOOK_MS,
      due: { grownBy: env.ORGEID_CHECKPOINT_EVENTS, olderThanMs: env.ORGEID_CHECKPOINT_EVERY_MS },
    },
    auditReconciliationEveryMs: env.ORGEID_AUDIT_RECONCILE_EVERY_MS,
  });

  stop.signal.addEventListener('abort', () => worker.shutdown());
  process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid })}\n`);
  log.info({ taskQueue }, 'the worker takes work');
  await worker.run();
  stop.abort();
  await Promise.all([gateway, changes, acks, lag]);
  await Promise.all([nc.close(), db.end(), connection.close(), native.close()]);
  await tracing?.stop();
  log.info('the worker has stopped');
  process.stdin.destroy();
}

main().catch((error: unknown) => {
  createLogger('worker').fatal({ err: error }, 'the worker failed');
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 500).unref();
});
