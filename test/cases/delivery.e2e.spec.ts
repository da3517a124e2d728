import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { expect, test } from 'vitest';
import { file, issue, send, streamOf } from '../support/play.ts';
import { officer, officers } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth, untilRelayed } from '../support/truth.ts';

const system = useSystem({ organisations: 30, absent: new Set([20]) });

async function messages(): Promise<string[]> {
  const jsm = await jetstreamManager(system().nc);
  const { state } = await jsm.streams.info('EVENTS');
  const texts: string[] = [];
  for (let seq = 1; seq <= state.last_seq; seq += 1) {
    const message = await jsm.streams.getMessage('EVENTS', { seq });
    texts.push(`${message?.subject} ${message?.header.get('Nats-Msg-Id')} ${message?.string()}`);
  }
  return texts;
}

test('an emptied or deleted EVENTS stream is filled again with the very same messages', async () => {
  await Promise.all([1, 2, 3].map((n) => issue(system(), n)));
  // Then the accounts wait for their owners, and nothing is written any more.
  const started = `select count(*)::int as n from orgeid.events where type = 'ActivationPeriodStarted'`;
  const inActivation = async () => (await system().pool.query<{ n: number }>(started)).rows[0]?.n;
  await expect.poll(inActivation, { timeout: 60_000 }).toBe(3);
  await untilRelayed(system());
  const before = await messages();
  const jsm = await jetstreamManager(system().nc);
  await jsm.streams.purge('EVENTS');
  await untilRelayed(system());
  expect(await messages()).toEqual(before);
  await jsm.streams.delete('EVENTS');
  await untilRelayed(system());
  expect(await messages()).toEqual(before);
});

test('while NATS is down for 30 seconds decisions go on, and delivery catches up in order', async () => {
  const stream = streamOf(20);
  await file(system(), 20);
  await system().watch.untilStatus(stream, 'LOCAL_VERIFICATION');
  const { nats } = system().engines;
  await nats.kill();
  const until = Date.now() + 30_000;
  let decided = 0;
  for (; Date.now() < until; decided += 1) {
    await send(system(), stream, officer(decided), 'ClaimTask', { taskId: 'verify-1' }, decided);
    await send(system(), stream, officer(decided), 'ReleaseTask', { taskId: 'verify-1' }, decided);
    await pause(100);
  }
  expect(decided).toBeGreaterThan(20);
  await nats.restart();
  await send(system(), stream, officers.verifier, 'ClaimTask', { taskId: 'verify-1' });
  await expectTruth(system());
});
