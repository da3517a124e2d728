import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { createReadiness, patient } from './readiness.ts';

const log = pino({ level: 'silent' });
const fine = async () => {};
const broken = async () => {
  throw new Error('10.0.0.1 does not answer');
};
const all = { postgresql: fine, migrations: fine, temporal: fine, identity: fine };

describe('readiness', () => {
  it('names what is missing and nothing else', async () => {
    const stopping = new AbortController();
    const ready = createReadiness(
      { stopping: stopping.signal, now: () => 0, log },
      { ...all, temporal: broken },
    );
    expect(await ready()).toEqual(['temporal']);
    stopping.abort();
    expect(await ready()).toEqual(['temporal', 'running']);
  });

  it('is found out once for however many ask within a second', async () => {
    let now = 0;
    let asked = 0;
    const count = async () => {
      asked += 1;
    };
    const { signal } = new AbortController();
    const ready = createReadiness({ stopping: signal, now: () => now, log }, { ...all, postgresql: count });
    await Promise.all(Array.from({ length: 100 }, ready));
    expect(asked).toBe(1);
    now = 2_000;
    await ready();
    expect(asked).toBe(2);
  });

  it('does not wait for a provider that was heard before, but does for the first word', async () => {
    const answers: ((error?: Error) => void)[] = [];
    const probe = patient(
      () =>
        new Promise<void>((resolve, reject) => {
          answers.push((error) => (error ? reject(error) : resolve()));
        }),
      1,
    );
    const first = probe();
    answers[0]?.();
    await first;
    await probe(); // nobody answers: the last word counts
    answers[1]?.(new Error('gone'));
    await Promise.resolve();
    await expect(probe()).rejects.toThrow('gone');
  });
});
