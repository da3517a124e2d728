import { describe, expect, it, vi } from 'vitest';
import type { InboxChange } from '../../schemas/inbox.ts';
import { framesOf, opening } from './frames.ts';

const change = (position: number): InboxChange => ({
  position,
  tasks: [{ stream: 'registration-1', task: { id: `verify-${position}` } as never, views: ['unit'] }],
});

/** Changes that count how many were asked for. */
function counted(changes: readonly InboxChange[]) {
  const source = changes[Symbol.iterator]();
  const next = vi.fn(async () => source.next());
  return { next };
}

async function all(frames: AsyncIterable<string>): Promise<string[]> {
  const got: string[] = [];
  for await (const frame of frames) got.push(frame);
  return got;
}

describe('the text of an event stream', () => {
  it('begins with where the client is and when to come back', () => {
    expect(opening(7)).toBe('retry: 2000\nid: 7\n\n');
  });

  it('has one event for a change, with its position as id and all on one line', async () => {
    const [frame = ''] = await all(framesOf(counted([change(3)]), 1_000));
    const [id, event, data = ''] = frame.split('\n');
    expect([id, event]).toEqual(['id: 3', 'event: inbox']);
    expect(JSON.parse(data.replace(/^data: /, ''))).toEqual(change(3));
    expect(frame.endsWith('\n\n')).toBe(true);
  });

  it('only moves the position when nothing happened for the reader', async () => {
    expect(await all(framesOf(counted([{ position: 1000, tasks: [] }]), 1_000))).toEqual(['id: 1000\n\n']);
  });

  it('shows that it lives while nothing happens, and loses nothing by it', async () => {
    let ring: (change: IteratorResult<InboxChange>) => void = () => {};
    const waiting = new Promise<IteratorResult<InboxChange>>((resolve) => {
      ring = resolve;
    });
    const next = vi
      .fn<() => Promise<IteratorResult<InboxChange>>>()
      .mockReturnValueOnce(waiting)
      .mockResolvedValue({ done: true, value: undefined });
    const frames = framesOf({ next }, 5);
    for (let beat = 0; beat < 3; beat += 1) expect((await frames.next()).value).toBe(':\n\n');
    expect(next).toHaveBeenCalledTimes(1);
    ring({ done: false, value: change(9) });
    await vi.waitFor(async () => expect((await frames.next()).value).toContain('id: 9'));
    expect((await frames.next()).done).toBe(true);
  });

  it('asks for the next change when the reader has taken the one before', async () => {
    const changes = counted(Array.from({ length: 100 }, (_, i) => change(i + 1)));
    const frames = framesOf(changes, 60_000);
    await frames.next();
    await frames.next();
    expect(changes.next.mock.calls.length).toBeLessThanOrEqual(2);
    await frames.return();
  });
});
