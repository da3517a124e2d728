import { connectBus } from '../../bus/connect.ts';
import { watchStatus } from '../../bus/status/watch.ts';
import type { Sighting } from './sightings.ts';

/** Tells its parent of every entry of the status bucket as it comes; ends with its parent. */
const [servers = ''] = process.argv.slice(2);
const stop = new AbortController();
process.once('disconnect', () => stop.abort());
const nc = await connectBus({ servers, name: 'bench-watcher' });
const { ended } = watchStatus({
  nc,
  signal: stop.signal,
  onEntry({ number, status, seq }) {
    const seenAt = performance.timeOrigin + performance.now();
    process.send?.({ number, status, seq, seenAt } satisfies Sighting);
  },
});
await ended;
await nc.close();
