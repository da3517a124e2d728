import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { endingAt } from './ending.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('what goes on without end, ends', () => {
  const started = () => {
    vi.useFakeTimers();
    const stopping = new AbortController();
    let close = (): void => {};
    const signal = endingAt(1_000, stopping.signal, (end) => {
      close = end;
    });
    return { stopping, signal, close: () => close() };
  };

  it('when the time is over, the process stops, or the reader is gone', () => {
    const timed = started();
    vi.advanceTimersByTime(999);
    expect(timed.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(timed.signal.aborted).toBe(true);
    const stopped = started();
    stopped.stopping.abort();
    expect(stopped.signal.aborted).toBe(true);
    const closed = started();
    closed.close();
    expect(closed.signal.aborted).toBe(true);
  });

  it('and leaves nothing behind', () => {
    const { stopping, close } = started();
    close();
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(stopping.signal, 'abort')).toEqual([]);
  });

  it('at once, when the process stops already or the time was over before', () => {
    const stopping = AbortSignal.abort();
    expect(endingAt(1_000, stopping, () => {}).aborted).toBe(true);
    vi.useFakeTimers();
    const late = endingAt(-1, new AbortController().signal, () => {});
    vi.advanceTimersByTime(0);
    expect(late.aborted).toBe(true);
  });
});
