import { describe, expect, it } from 'vitest';
import { type Answer, ask, callerAs, problem } from '../support/http.ts';
import { officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';
import {
  type Deed,
  deed,
  edgeIn,
  expectOnce,
  filing,
  inLog,
  persist,
  sendTo,
  untilReady,
} from './trouble.ts';

const DEADLINE_MS = 2_000;
/** What a busy machine may need beyond the deadline to say that it is over. */
const SLACK_MS = 3_000;

const system = useSystem({
  organisations: 20,
  absent: new Set([6]),
  api: { ORGEID_COMMAND_DEADLINE_MS: String(DEADLINE_MS) },
});
const edge = () => edgeIn(system());
const url = () => edge().api.url;
const as = (id: string) => callerAs(edge(), id);
const send = (one: Deed) => sendTo(edge(), url(), one);
const again = (one: Deed) => persist(edge(), () => [url()], one);
const file = (n: number) => deed(registrant(n).id, '/registrations', filing(n));

async function filed(n: number): Promise<string> {
  const answer = await again(file(n));
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.stream;
}

/** Within the deadline: 503, when to come back, and the key to come back with. */
async function expectUnavailable(one: Deed): Promise<void> {
  const began = performance.now();
  const answer = await send(one);
  expect(performance.now() - began).toBeLessThan(DEADLINE_MS + SLACK_MS);
  expect(problem(answer)).toMatchObject({ status: 503, code: 'EID_ERR_UNAVAILABLE' });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

async function expectReadable(n: number, stream: string): Promise<void> {
  const read = await as(registrant(n).id).get(`/registrations/${stream}`);
  expect(read.status, JSON.stringify(read.body)).toBe(200);
  expect((await ask(`${url()}/health`)).status).toBe(200);
}

const readiness = (): Promise<Answer> => ask(`${url()}/ready`);

async function expectDoneOnce(...deeds: readonly Deed[]): Promise<void> {
  for (const one of deeds) {
    const answer = await again(one);
    expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
    await expectOnce(system(), one.key, answer);
    expect((await again(one)).body).toEqual(answer.body);
  }
}

describe('while an engine is away', () => {
  it('with no worker, commands are told to come again, cases are read, and the same keys give the one result', async () => {
    const stream = await filed(1);
    await Promise.all(system().workers.map((worker) => worker.kill()));
    const commands = [deed(registrant(1).id, `/registrations/${stream}/withdraw-request`, {}), file(2)];
    await Promise.all(commands.map(expectUnavailable));
    await Promise.all(commands.map(expectUnavailable));
    await expectReadable(1, stream);
    expect(await readiness()).toMatchObject({ status: 200, body: { status: 'ready', missing: [] } });
    await system().addWorker();
    await expectDoneOnce(...commands);
  });

  it('with Temporal down, the same, and the process says that it is not ready', async () => {
    const stream = await filed(3);
    const { temporal } = system().engines;
    await temporal.kill();
    const commands = [deed(registrant(3).id, `/registrations/${stream}/withdraw-request`, {}), file(4)];
    await Promise.all(commands.map(expectUnavailable));
    await expectReadable(3, stream);
    await untilMissing('temporal');
    await temporal.restart();
    await untilReady(url());
    await expectDoneOnce(...commands);
  });

  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    'with PostgreSQL gone by %s, commands keep their deadline, nothing is invented, and nothing is lost',
    async (signal) => {
      const n = signal === 'SIGKILL' ? 7 : 9;
      const stream = await filed(n);
      const { postgres } = system().engines;
      await postgres.kill(signal);
      const commands = [deed(registrant(n).id, `/registrations/${stream}/withdraw-request`, {}), file(n + 1)];
      await Promise.all(commands.map(expectUnavailable));
      await untilMissing('postgresql');
      const { body } = await readiness();
      expect(body.missing).toEqual(['postgresql', 'migrations']);
      const read = await as(registrant(n).id).get(`/registrations/${stream}`);
      expect(problem(read).code).toBe('EID_ERR_UNAVAILABLE');
      expect(JSON.stringify([read.body, body])).not.toContain(postgres.address.split(':')[1]);
      if (signal === 'SIGKILL') await postgres.restart();
      else await postgres.kill('SIGCONT');
      await untilReady(url());
      await expectDoneOnce(...commands);
    },
  );

  it('with NATS down, everything is decided and only delivery waits', async () => {
    const stream = await filed(5);
    const { nats } = system().engines;
    await nats.kill();
    const commands = [deed(registrant(5).id, `/registrations/${stream}/withdraw-request`, {}), file(11)];
    for (const one of commands) expect([200, 201]).toContain((await again(one)).status);
    expect((await readiness()).status).toBe(200);
    await nats.restart();
    await expectDoneOnce(...commands);
  });

  const untilMissing = async (name: string) => {
    for (;;) {
      const { status, body } = await readiness();
      if (status === 503 && body.missing.includes(name)) return;
    }
  };
});

describe('a caller who does not wait', () => {
  it('loses nothing by hanging up: the same key gives what came of it', async () => {
    const [worker] = system().workers.filter(({ running }) => running);
    if (!worker) throw new Error('no worker runs');
    process.kill(worker.pid, 'SIGSTOP');
    const one = file(12);
    const hasty = fetch(`${url()}/v1${one.path}`, {
      method: 'POST',
      headers: {
        authorization: await edge().wallet.person(one.who),
        'content-type': 'application/json',
        'idempotency-key': one.key,
      },
      body: JSON.stringify(one.body),
      signal: AbortSignal.timeout(300),
    });
    await expect(hasty).rejects.toThrow();
    process.kill(worker.pid, 'SIGCONT');
    await expectDoneOnce(one);
  });

  it('gets one answer for one key, however many times it is sent at once, though the command takes away the right to it', async () => {
    const stream = await filed(6);
    await system().watch.untilStatus(stream, 'LOCAL_VERIFICATION');
    const { id } = officers.verifier;
    const task = { taskId: 'verify-1' };
    for (let round = 0; round < 5; round += 1) {
      for (const path of ['claim-task', 'release-task']) {
        const one = deed(id, `/registrations/${stream}/${path}`, task);
        const answers = await Promise.all(Array.from({ length: 8 }, () => again(one)));
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
        expect(new Set(answers.map(({ body }) => body.version)).size).toBe(1);
        expect(await inLog(system(), one.key)).toHaveLength(1);
      }
    }
  });

  it('finds every log and read model in order after all of this', async () => {
    await expectTruth(system());
  });
});
