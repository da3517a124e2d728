import { describe, expect, it, vi } from 'vitest';
import type { ApiProcess } from '../../workers/edge.ts';
import type { Answer } from '../support/http.ts';
import { ask, problem } from '../support/http.ts';
import { officer, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';
import { type Deed, deed, edgeIn, expectOnce, filing, inLog, persist, sendTo } from './trouble.ts';

const KILLS = 6;
const LANES = 6;
/** Organisations 1 to 6 are in no register: their cases lie with the commune, and their task goes from hand to hand. */
const system = useSystem({
  organisations: 400,
  absent: new Set(Array.from({ length: LANES }, (_, i) => i + 1)),
  api: { ORGEID_RATE_PER_MINUTE: '1000000' },
});
const edge = () => edgeIn(system());
const file = (n: number) => deed(registrant(n).id, '/registrations', filing(n));
const again = (one: Deed) => persist(edge(), () => [edge().api.url], one);
const worker = () => {
  const [first] = system().workers;
  if (!first) throw new Error('no worker runs');
  return first.pid;
};

let fresh = 100;
const next = () => {
  fresh += 1;
  return fresh;
};

const cases = new Map<number, Promise<string>>();

/** Organisation `n`'s case, whose task waits for an officer of the commune. */
function atCommune(n: number): Promise<string> {
  const known = cases.get(n) ?? filed(n);
  cases.set(n, known);
  return known;
}

async function filed(n: number): Promise<string> {
  const { status, body } = await again(file(n));
  expect(status, JSON.stringify(body)).toBe(201);
  await system().watch.untilStatus(body.stream, 'LOCAL_VERIFICATION');
  return body.stream;
}

const claimOf = (stream: string, n: number) =>
  deed(officer(n).id, `/registrations/${stream}/claim-task`, { taskId: 'verify-1' });
const releaseOf = (stream: string, n: number) =>
  deed(officer(n).id, `/registrations/${stream}/release-task`, { taskId: 'verify-1' });

describe('an API that is killed', () => {
  it.each(['command.bound', 'command.done'])(
    'at %s has its sender find, at another process and by the same key, the one result',
    async (point) => {
      const stream = await atCommune(1);
      for (const one of [file(next()), claimOf(stream, 1), releaseOf(stream, 1)]) {
        const doomed = await edge().addApi({ ORGEID_FAILPOINTS: point });
        await expect(sendTo(edge(), doomed.url, one)).rejects.toThrow();
        await doomed.ended;
        const before = await inLog(system(), one.key);
        expect(before).toHaveLength(point === 'command.done' ? 1 : 0);
        const answer = await again(one);
        expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
        await expectOnce(system(), one.key, answer);
        if (before[0]) expect(answer.body.version).toBe(before[0].last);
      }
    },
  );

  it('while the case has the command and no worker has looked at it, the same', async () => {
    const stream = await atCommune(2);
    for (const one of [file(next()), claimOf(stream, 2), releaseOf(stream, 2)]) {
      const doomed = await edge().addApi();
      process.kill(worker(), 'SIGSTOP');
      const lost = sendTo(edge(), doomed.url, one);
      lost.catch(() => {}); // looked at below
      await untilBound(one.key);
      await doomed.kill();
      await expect(lost).rejects.toThrow();
      process.kill(worker(), 'SIGCONT');
      const answer = await again(one);
      expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
      await expectOnce(system(), one.key, answer);
    }
  });

  it(`${KILLS} times at random while commands flow loses nothing acknowledged and does nothing twice`, async () => {
    const streams = await Promise.all(Array.from({ length: LANES }, (_, i) => atCommune(i + 1)));
    const live = new Set<ApiProcess>([await edge().addApi(), await edge().addApi()]);
    const urls = () => [...live].sort(() => Math.random() - 0.5).map(({ url }) => url);
    const acknowledged: { readonly one: Deed; readonly answer: Answer }[] = [];
    let kills = 0;

    const act = async (one: Deed) => {
      const answer = await persist(edge(), urls, one);
      expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
      acknowledged.push({ one, answer });
    };
    const lanes = streams.map(async (stream, i) => {
      while (kills < KILLS) {
        await act(claimOf(stream, i + 1));
        await act(releaseOf(stream, i + 1));
        if (fresh < 390) await act(file(next()));
      }
    });
    const killing = (async () => {
      for (; kills < KILLS; kills += 1) {
        const goal = acknowledged.length + Math.floor(Math.random() * 15);
        await vi.waitUntil(() => acknowledged.length > goal, { timeout: 60_000, interval: 5 });
        const victim = [...live][Math.floor(Math.random() * live.size)];
        await victim?.kill();
        if (victim) live.delete(victim);
        live.add(await edge().addApi());
      }
    })();
    await Promise.all([...lanes, killing]);

    expect(acknowledged.length).toBeGreaterThan(KILLS * 3);
    for (const { one, answer } of acknowledged) await expectOnce(system(), one.key, answer);
    for (const { one, answer } of acknowledged.filter((_, i) => i % 10 === 0))
      expect((await again(one)).body).toEqual(answer.body);
    const { rows } = await system().pool.query<{ type: string; n: number }>(
      `select type, count(*)::integer as n from orgeid.events
       where stream = any($1) and command_id = any($2) group by type order by type`,
      [streams, acknowledged.map(({ one }) => one.key)],
    );
    const sent = (part: string) => acknowledged.filter(({ one }) => one.path.endsWith(part)).length;
    expect(rows).toEqual([
      { type: 'TaskClaimed', n: sent('claim-task') },
      { type: 'TaskReleased', n: sent('release-task') },
    ]);
    await Promise.all([...live].map((api) => api.stop()));
    await expectTruth(system());
  });
});

describe('an API that is told to stop', () => {
  it('finishes what it took, sends newcomers elsewhere, says that it stops, and ends with 0', async () => {
    const stopped = await edge().addApi();
    process.kill(worker(), 'SIGSTOP');
    const one = file(next());
    const taken = sendTo(edge(), stopped.url, one);
    await untilBound(one.key);
    const stopping = stopped.stop();
    await vi.waitFor(async () => {
      const { status, body } = await ask(`${stopped.url}/ready`);
      expect(status).toBe(503);
      expect(body.missing).toContain('running');
    });
    const refused = await sendTo(edge(), stopped.url, file(next()));
    expect(problem(refused)).toMatchObject({ status: 503, code: 'EID_ERR_UNAVAILABLE' });
    expect(refused.headers.get('connection')).toBe('close');
    expect(refused.headers.get('retry-after')).not.toBeNull();
    process.kill(worker(), 'SIGCONT');
    const answer = await taken;
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    await expectOnce(system(), one.key, answer);
    await stopping;
    expect(stopped.exitCode).toBe(0);
    await expect(ask(`${stopped.url}/health`)).rejects.toThrow();
  });

  it('cuts off what is not ready in time, ends with 0 all the same, and the key finds out elsewhere', async () => {
    const stopped = await edge().addApi({ ORGEID_STOP_WITHIN_MS: '500' });
    process.kill(worker(), 'SIGSTOP');
    const one = file(next());
    const cut = sendTo(edge(), stopped.url, one);
    cut.catch(() => {}); // looked at below
    await untilBound(one.key);
    await stopped.stop();
    await expect(cut).rejects.toThrow();
    expect(stopped.exitCode).toBe(0);
    process.kill(worker(), 'SIGCONT');
    await expectOnce(system(), one.key, await again(one));
  });

  it('ends at once when nothing is under way', async () => {
    const idle = await edge().addApi();
    expect((await ask(`${idle.url}/health`)).status).toBe(200);
    const began = performance.now();
    await idle.stop();
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(idle.exitCode).toBe(0);
  });
});

/** Until the API has begun to carry out the command of a key. */
const untilBound = (key: string) =>
  vi.waitFor(
    async () => {
      const { rowCount } = await system().pool.query('select 1 from orgeid.command_keys where key = $1', [
        key,
      ]);
      expect(rowCount).toBe(1);
    },
    { timeout: 30_000, interval: 20 },
  );
