import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { Edge } from '../../workers/edge.ts';
import { type Answer, ask, callerAs } from '../support/http.ts';
import { dossierOf } from '../support/requests.ts';
import type { TestSystem } from '../support/system.ts';

/** The body with which organisation `n` files its request. */
export const filing = (n: number) => ({
  channel: 'VNEID_APP',
  reception: 'CAX-TEST',
  dossier: dossierOf(n),
});

export function edgeIn({ edge }: Pick<TestSystem, 'edge'>): Edge {
  if (!edge) throw new Error('the system has no API');
  return edge;
}

export type Deed = {
  readonly who: string;
  readonly path: string;
  readonly body: unknown;
  readonly key: string;
};

export const deed = (who: string, path: string, body: unknown): Deed => ({
  who,
  path,
  body,
  key: randomUUID(),
});

/** Sends a command once, to one process of the API. */
export const sendTo = (edge: Edge, url: string, { who, path, body, key }: Deed): Promise<Answer> =>
  callerAs(edge, who, { url }).post(path, body, { key });

/**
 * Does what every caller is told: sends a command again under the same key, to whichever process is there, for as long as none answers or one
 * says that it cannot.
 */
export async function persist(edge: Edge, urls: () => readonly string[], one: Deed): Promise<Answer> {
  for (let turn = 0; ; turn += 1) {
    const live = urls();
    const url = live[turn % live.length];
    const answer = url === undefined ? undefined : await sendTo(edge, url, one).catch(() => undefined); // reset, refused: it went down
    if (answer && answer.status !== 503) return answer;
    await pause(50);
  }
}

export async function untilReady(url: string): Promise<void> {
  await vi.waitFor(async () => expect((await ask(`${url}/ready`)).status).toBe(200), {
    timeout: 60_000,
    interval: 200,
  });
}

/** What the log holds of a command: its stream, events, those of them that differ, and the versions between which they stand. */
export async function inLog({ pool }: Pick<TestSystem, 'pool'>, key: string) {
  const { rows } = await pool.query<{
    stream: string;
    events: number;
    different: number;
    first: number;
    last: number;
  }>(
    `select stream, count(*)::integer as events, count(distinct (type, body::jsonb -> 'data'))::integer as different,
       min(version) as first, max(version) as last
     from orgeid.events where command_id = $1 group by stream`,
    [key],
  );
  return rows;
}

/** A command that was acknowledged stands in the log once: one append, no event twice, up to the version of its answer. */
export async function expectOnce(
  system: Pick<TestSystem, 'pool'>,
  key: string,
  { body: { stream, version } }: Answer,
): Promise<void> {
  const [done, ...more] = await inLog(system, key);
  expect(more).toEqual([]);
  expect(done).toMatchObject({ stream, last: version, different: done?.events });
  expect(done?.events).toBe(version - (done?.first ?? 0) + 1);
}
