import { createHash } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Discrepancy, Source } from '../../audit/reconcile/discrepancy.ts';
import { historiesOf } from '../../audit/reconcile/histories.ts';
import { type ReconcileSummary, reconcile } from '../../audit/reconcile/reconcile.ts';
import { encodeCloudEvent } from '../../bus/cloudevents.ts';
import { EVENTS, manager } from '../../bus/streams.ts';
import { projections } from '../../domain/projections.ts';
import { registration } from '../../domain/registration/index.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import { lastReconciliation } from '../../store/auditReconciliations.ts';
import { canonical } from '../../store/body.ts';
import { readHead, readLog, readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { createRecorder } from '../../store/record.ts';
import { orgeid } from '../cli/command.ts';
import { file, issue, send, streamOf } from '../support/play.ts';
import { officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { untilRelayed } from '../support/truth.ts';
import { asOwner, fillStream } from './tamper.ts';

const system = useSystem({
  organisations: 20,
  // Cases continue as new every now and then, so that what an earlier run carried over counts as well.
  workerEnv: {
    ORGEID_CARETAKER_GRACE_MS: '1000',
    ORGEID_CARETAKER_EVERY_MS: '1000',
    ORGEID_CONTINUE_AFTER: '30',
  },
});

type Found = { readonly found: readonly Discrepancy[]; readonly summary: ReconcileSummary };

async function run(only?: readonly Source[], settleMs = 500, stream?: string): Promise<Found> {
  const { pool, nc, temporal } = system();
  const steps = reconcile({ pool, nc, histories: historiesOf(temporal), settleMs, only, stream });
  const found: Discrepancy[] = [];
  for (let step = await steps.next(); ; step = await steps.next()) {
    if (step.done) return { found, summary: step.value };
    found.push(step.value);
  }
}

/** What was found, as `SOURCE KIND place`, each once. */
const named = ({ found }: Found) =>
  [
    ...new Set(
      found.map(({ source, kind, stream, position, version }) =>
        [source, kind, position ?? stream ?? '', position === undefined ? (version ?? '') : '']
          .join(' ')
          .trim(),
      ),
    ),
  ].sort();

const codes = ({ found }: Found) => [...new Set(found.map(({ source, kind }) => `${source} ${kind}`))].sort();

async function accountOf(n: number): Promise<string> {
  const found = await readCase(system().pool, streamOf(n));
  return (found?.state as { account: string } | undefined)?.account ?? '';
}

beforeAll(async () => {
  for (const n of [1, 2]) await issue(system(), n);
  await file(system(), 3);
  await system().watch.untilStatus(streamOf(3), 'PENDING_PROPOSAL');
  await file(system(), 12);
  await system().watch.untilStatus(streamOf(12), 'PENDING_PROPOSAL');
  await file(system(), 4);
  await system().watch.untilStatus(streamOf(4), 'PENDING_PROPOSAL');
  await send(system(), streamOf(4), registrant(4), 'WithdrawRequest', { note: 'đổi ý' });
  await system().watch.until(streamOf(4), ({ closed }) => closed);
}, 120_000);

test('while requests are under way nothing differs', async () => {
  const numbers = [5, 6, 7, 8, 9, 10];
  const traffic = Promise.all(numbers.map((n) => issue(system(), n)));
  let busy = true;
  const over = traffic.finally(() => {
    busy = false;
  });
  let runs = 0;
  do {
    expect((await run(undefined, 3_000)).found).toEqual([]);
    runs += 1;
  } while (busy);
  await over;
  expect(runs).toBeGreaterThan(0);
});

test('a request that was refused at the door left a workflow without events, and nothing differs', async () => {
  await expect(
    send(system(), streamOf(1), registrant(1), 'WithdrawRequest', { note: 'muộn' }),
  ).rejects.toThrow();
  const { found, summary } = await run();
  expect(found).toEqual([]);
  const { position } = await readHead(system().pool);
  expect(summary).toMatchObject({ head: position, differences: 0 });
  expect(summary.sources.LOG?.counted).toMatchObject({ events: position, policies: 1 });
  expect(summary.sources.WORKFLOW?.counted.cases).toBe(summary.sources.LOG?.counted.streams);
});

test('a case whose workflow was ended and found again by the next command does not differ', async () => {
  const stream = streamOf(11);
  await file(system(), 11);
  await system().watch.untilStatus(stream, 'PENDING_PROPOSAL');
  await system().temporal.workflow.getHandle(stream).terminate('a mistake');
  await send(system(), stream, registrant(11), 'WithdrawRequest', { note: 'đổi ý' });
  await system().watch.until(stream, ({ closed }) => closed);
  expect((await run()).found).toEqual([]);
});

test('the Schedule compares by itself, keeps what it found, and the command shows it', async () => {
  const { temporal, pool, engines } = system();
  const env = {
    ORGEID_AUDITOR: 'Lê Thị Thanh',
    ORGEID_POSTGRES_URL: engines.postgres.url,
    ORGEID_NATS_URL: engines.nats.url,
    ORGEID_TEMPORAL_ADDRESS: engines.temporal.address,
  };
  expect(await orgeid(['audit', 'reconcile', '--last'], env).ended).toMatchObject({ code: 1 });
  await temporal.schedule.getHandle('audit-reconciliation').trigger();
  const last = await vi.waitFor(
    async () => {
      const kept = await lastReconciliation(pool);
      expect(kept).toBeDefined();
      return kept;
    },
    { timeout: 60_000, interval: 200 },
  );
  expect(last).toMatchObject({ differences: 0, discrepancies: [] });
  const told = await orgeid(['audit', 'reconcile', '--last', '--json'], env).ended;
  expect(told.code).toBe(0);
  expect(JSON.parse(told.stdout)).toMatchObject({ summary: { differences: 0, head: last?.head } });
  await expect(pool.query('delete from orgeid.audit_reconciliations')).rejects.toThrow(/append-only/);
  const now = await orgeid(['audit', 'reconcile', '--settle', '1'], env).ended;
  expect(now).toMatchObject({ code: 0 });
  expect(now.stdout).toContain('Nothing differs.');
});

describe('with every worker stopped, so that nothing heals by itself', () => {
  beforeAll(async () => {
    await untilRelayed(system());
    for (const worker of system().workers) await worker.stop();
    expect((await run()).found).toEqual([]);
  }, 60_000);

  test('an event whose body was changed is named by the log and its delivery', async () => {
    const { pool } = system();
    const [, second] = await readStream(pool, streamOf(3));
    const position = second?.position ?? 0;
    await asOwner(
      pool,
      ['events'],
      (db) =>
        db.query(`update orgeid.events set body = replace(body, '"name":', '"name_":') where position = $1`, [
          position,
        ]),
      async () => {
        const found = await run();
        expect(named(found)).toContain(`LOG CONTENT_CHANGED ${position}`);
        expect(codes(found)).toEqual(['DELIVERY MESSAGE_DIFFERS', 'LOG CONTENT_CHANGED']);
        expect(found.found.map((one) => one.position)).toEqual([position, position]);
      },
    );
    expect((await run()).found).toEqual([]);
  });

  test('an event that was taken out of the middle is missed everywhere, and nothing else is', async () => {
    const { pool } = system();
    const stream = streamOf(3);
    const event = (await readStream(pool, stream)).at(-2);
    const position = event?.position ?? 0;
    await asOwner(
      pool,
      ['events'],
      (db) => db.query('delete from orgeid.events where position = $1', [position]),
      async () => {
        const found = await run();
        expect(named(found)).toEqual(
          expect.arrayContaining([
            `LOG POSITION_MISSING ${position}`,
            `LOG VERSION_MISSING ${stream} ${event?.version}`,
            `DELIVERY MESSAGE_WITHOUT_EVENT ${position}`,
            `WORKFLOW RECORDED_EVENT_MISSING ${stream} ${event?.version}`,
          ]),
        );
        expect(codes(found)).toEqual([
          'DELIVERY MESSAGE_WITHOUT_EVENT',
          'LOG POSITION_MISSING',
          'LOG VERSION_MISSING',
          'READ_MODEL CASE_DIFFERS',
          'WORKFLOW RECORDED_EVENT_MISSING',
        ]);
        expect(new Set(found.found.map((one) => one.stream ?? stream))).toEqual(new Set([stream]));
      },
    );
    expect((await run()).found).toEqual([]);
  });

  test('an Update whose events were taken out of the log is named with its command', async () => {
    const { pool } = system();
    const stream = streamOf(4);
    const events = await readStream(pool, stream);
    const { commandId, version } = events.at(-1) ?? {};
    expect(commandId).toBe(`${stream}/WithdrawRequest/1`);
    await asOwner(
      pool,
      ['events'],
      (db) =>
        db.query('delete from orgeid.events where stream = $1 and command_id = $2', [stream, commandId]),
      async () => {
        const found = await run(['WORKFLOW']);
        expect(found.found).toContainEqual(
          expect.objectContaining({ kind: 'UPDATE_WITHOUT_EVENTS', stream, commandId, version }),
        );
        // The case is open again by what is left of its log.
        expect(codes(found)).toEqual([
          'WORKFLOW OPEN_CASE_WORKFLOW_ENDED',
          'WORKFLOW RECORDED_EVENT_MISSING',
          'WORKFLOW UPDATE_WITHOUT_EVENTS',
        ]);
      },
    );
  });

  test('a log that was cut short, its head with it, is given away by delivery, workflow and read model', async () => {
    const { pool } = system();
    const { position } = await readHead(pool);
    const [last] = await readLog(pool, position - 1, 1);
    await asOwner(
      pool,
      ['events', 'log_head'],
      async (db) => {
        await db.query('delete from orgeid.events where position = $1', [position]);
        await db.query(
          'update orgeid.log_head set position = position - 1, hash = (select hash from orgeid.events where position = $1)',
          [position - 1],
        );
      },
      async () => {
        const found = await run();
        expect(found.summary.sources.LOG?.differences).toBe(0);
        expect(named(found)).toContain(`DELIVERY MESSAGE_WITHOUT_EVENT ${position}`);
        expect(new Set(found.found.map(({ stream }) => stream))).toEqual(new Set([last?.stream]));
        expect(new Set(found.found.map(({ source }) => source))).toEqual(
          new Set(['DELIVERY', 'WORKFLOW', 'READ_MODEL']),
        );
      },
    );
  });

  test('a message that was deleted from the stream', async () => {
    const jsm = await manager(system().nc);
    await jsm.streams.deleteMessage(EVENTS, 7);
    expect(named(await run())).toEqual(['DELIVERY MESSAGE_MISSING 7']);
    await fillStream(system());
    expect((await run()).found).toEqual([]);
  });

  test('what was purged from the front of the stream', async () => {
    const jsm = await manager(system().nc);
    await jsm.streams.purge(EVENTS, { seq: 5 });
    const found = await run();
    expect(named(found)).toEqual(['DELIVERY MESSAGE_MISSING 1']);
    expect(found.found[0]?.found).toBe(4);
    await fillStream(system());
  });

  test('a message with another body, and one that stands twice', async () => {
    const [third] = await readLog(system().pool, 2, 1);
    if (!third) throw new Error('the log is shorter than three events');
    await fillStream(system(), (event, body) => {
      if (event.position === 6) return body.replace('"data":{', '"data":{"added":true,');
      return event.position === 9 ? encodeCloudEvent(third) : body;
    });
    const { found } = await run();
    expect(found.map(({ kind, position }) => [kind, position])).toEqual([
      ['MESSAGE_DIFFERS', 6],
      ['MESSAGE_DUPLICATED', 9],
    ]);
    expect(found[0]?.found).toEqual(['data']);
    await fillStream(system());
  });

  test('a foreign message after the head', async () => {
    const { position } = await readHead(system().pool);
    await jetstream(system().nc).publish('events.registration.registration-x.Filed', '{"position":1}');
    expect(named(await run())).toEqual([`DELIVERY MESSAGE_WITHOUT_EVENT ${position + 1}`]);
    await fillStream(system());
    expect((await run()).found).toEqual([]);
  });

  test('a stream that is not there', async () => {
    await (await manager(system().nc)).streams.delete(EVENTS);
    expect(codes(await run())).toEqual(['DELIVERY STREAM_MISSING']);
    await (await manager(system().nc)).streams.add({ name: EVENTS, subjects: ['events.>'] });
    const { pool, nc } = system();
    const late = reconcile({ pool, nc, only: ['DELIVERY'], settleMs: 100, lateAfterMs: 1 });
    const found = [];
    for await (const one of late) found.push(one.kind);
    expect(found).toEqual(['DELIVERY_LATE']);
    await fillStream(system());
  });

  test('a value of the status bucket that is not what the account is', async () => {
    const account = await accountOf(1);
    const number = account.slice('account-'.length);
    const subject = `$KV.ACCOUNT_STATUS.${number}`;
    const jsm = await manager(system().nc);
    const before = await jsm.direct.getMessage('KV_ACCOUNT_STATUS', { last_by_subj: subject });
    await jetstream(system().nc).publish(
      subject,
      (before?.string() ?? '').replace(/"status":"[^"]+"/, '"status":"LOCKED"'),
    );
    expect(named(await run())).toEqual([`DELIVERY STATUS_DIFFERS ${account}`]);
    await jetstream(system().nc).publish(subject, before?.data ?? '');
    expect((await run(['DELIVERY'])).found).toEqual([]);
  });

  test('a row of a read model that was changed', async () => {
    const { pool } = system();
    await asOwner(
      pool,
      ['cases'],
      (db) => db.query(`update orgeid.cases set status = 'APPROVED' where stream = $1`, [streamOf(3)]),
      async () => {
        const found = await run();
        expect(named(found)).toEqual([`READ_MODEL CASE_DIFFERS ${streamOf(3)}`]);
        const args = ['audit', 'reconcile', '--only', 'log,read-models', '--json'];
        const env = { ORGEID_POSTGRES_URL: system().engines.postgres.url, ORGEID_AUDITOR: 'Lê Thị Thanh' };
        const told = await orgeid(args, env).ended;
        expect(told.code).toBe(3);
        const [line, summary] = told.stdout
          .trim()
          .split('\n')
          .map((text) => JSON.parse(text));
        expect(line).toMatchObject({ kind: 'CASE_DIFFERS', stream: streamOf(3) });
        expect(summary.summary.differences).toBe(1);
        expect(found.found[0]).toMatchObject({ expected: 'PENDING_PROPOSAL', found: 'APPROVED' });
      },
    );
  });

  test('a policy whose content was changed under its digest, and with it', async () => {
    const { pool } = system();
    const change = `update orgeid.policies set body = jsonb_set(body, '{parameters,registryAttempts,value}', '9')`;
    await asOwner(
      pool,
      ['policies'],
      (db) => db.query(change),
      async () => expect(codes(await run())).toEqual(['LOG POLICY_CHANGED']),
    );
    await asOwner(
      pool,
      ['policies'],
      (db) => db.query(`update orgeid.policies set version = 'another/1'`),
      async () => expect(codes(await run())).toEqual(['LOG POLICY_UNKNOWN']),
    );
    await asOwner(
      pool,
      ['policies'],
      async (db) => {
        await db.query(change);
        const { rows } = await db.query('select body from orgeid.policies');
        const sha256 = createHash('sha256').update(canonical(rows[0].body)).digest('hex');
        await db.query('update orgeid.policies set sha256 = $1', [sha256]);
      },
      async () => expect(codes(await run())).toEqual(['WORKFLOW PINNED_POLICY_DIFFERS']),
    );
  });

  test('a workflow that was started though the log holds no such case', async () => {
    const { temporal, policy } = system();
    const stream = 'registration-nobodys';
    const handle = await temporal.workflow.start('registration', {
      workflowId: stream,
      taskQueue: 'orgeid',
      args: [{ stream, policy }],
    });
    expect(named(await run())).toEqual([`WORKFLOW WORKFLOW_WITHOUT_LOG ${stream}`]);
    await handle.terminate();
    expect((await run(['WORKFLOW'])).found).toEqual([]);
  });

  test('a workflow that was ended while its case is open', async () => {
    const { temporal } = system();
    await temporal.workflow.getHandle(streamOf(3)).terminate('a mistake');
    const found = await run();
    expect(named(found)).toEqual([`WORKFLOW OPEN_CASE_WORKFLOW_ENDED ${streamOf(3)}`]);
    expect(found.found[0]?.found).toBe('TERMINATED');
  });

  test('the workflow of a case that closed lately was deleted', async () => {
    const { temporal } = system();
    const stream = streamOf(4);
    await temporal.workflowService.deleteWorkflowExecution({
      namespace: temporal.options.namespace,
      workflowExecution: { workflowId: stream },
    });
    await vi.waitFor(
      async () =>
        expect(named(await run(undefined, 100, stream))).toEqual([
          `WORKFLOW CLOSED_CASE_WITHOUT_WORKFLOW ${stream}`,
        ]),
      { timeout: 20_000 },
    );
  });

  test('a command that was written into the log around its workflow', async () => {
    const { pool, policy } = system();
    const stream = streamOf(12);
    const before = await readCase(pool, stream);
    const { id, name, unit } = officers.proposer;
    const command = {
      id: 'forged',
      actor: officers.proposer,
      type: 'ProposeIssuance' as const,
      data: { taskId: 'propose-1', list: 'x' },
    };
    const answer = await createRecorder(pool, projections).record({
      stream,
      caseType: 'registration',
      policyVersion: policy.version,
      expectedVersion: before?.version ?? 0,
      commandId: command.id,
      actor: { id, name, ...(unit === undefined ? {} : { unit }) },
      at: new Date().toISOString(),
      events: registration(stream, policy).decide(command, before?.state as RegistrationState, Date.now()),
    });
    expect(answer.kind).toBe('recorded');
    const { found } = await run(['LOG', 'WORKFLOW', 'READ_MODEL'], 500, stream);
    expect(new Set(found.map(({ kind, commandId }) => `${kind} ${commandId}`))).toEqual(
      new Set(['EVENT_UNKNOWN_TO_WORKFLOW forged']),
    );
  });
});
