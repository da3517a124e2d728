import pino from 'pino';
import { expect, it } from 'vitest';
import { replaceEnded } from './replace.ts';

const log = pino({ level: 'silent' });

/** A process that ends when it is told to. */
function fake() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}

it('each process that ends is followed by another, until it is stopped', async () => {
  const stop = new AbortController();
  const started = [fake()];
  const [first] = started;
  if (!first) throw new Error('there is a first');
  let grown: () => void = () => undefined;
  const another = async () => {
    const next = fake();
    started.push(next);
    grown();
    return next;
  };
  const replacing = replaceEnded('it', first, another, { log, signal: stop.signal });
  for (const count of [2, 3]) {
    const more = new Promise<void>((resolve) => {
      grown = resolve;
    });
    started.at(-1)?.end();
    await more;
    expect(started).toHaveLength(count);
  }
  stop.abort();
  await replacing;
  started.at(-1)?.end();
  expect(started).toHaveLength(3);
});

it('one that does not start is tried again', async () => {
  const stop = new AbortController();
  const first = fake();
  let tries = 0;
  const up = fake();
  const another = async () => {
    tries += 1;
    if (tries < 3) throw new Error('not yet');
    stop.abort();
    return up;
  };
  const replacing = replaceEnded('it', first, another, { log, signal: stop.signal, againMs: 1 });
  first.end();
  await replacing;
  expect(tries).toBe(3);
});

it('nothing is started any more once it is stopped', async () => {
  const first = fake();
  first.end();
  const another = async () => {
    throw new Error('it was not to be started');
  };
  await replaceEnded('it', first, another, { log, signal: AbortSignal.abort() });
});
