import { Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Cases } from '../client/cases.ts';
import type { Caretaking } from '../store/caretaking.ts';
import type { CaretakerActivities } from '../workflows/caretaker.ts';

const GRACE_MS = 30_000;
const BATCH = 200;

/** Wakes cases whose workflow may not know what the log holds, and says loudly which ones nobody looks after. */
export const caretakerActivities = (
  cases: Cases,
  caretaking: Caretaking,
  log: Logger,
  graceMs: number = GRACE_MS,
): CaretakerActivities => ({
  async wakeUnattended() {
    let woken = 0;
    for (;;) {
      const found = await caretaking.findUnattended({ now: Date.now(), graceMs, limit: BATCH });
      for (const { stream, version, reason } of found) {
        Context.current().heartbeat(stream);
        if (reason !== 'UNSWEPT') log.error({ stream, reason }, 'a case is not looked after');
        await cases.wake(stream, version);
        await caretaking.markSwept(stream, version);
        woken += 1;
      }
      if (found.length < BATCH) return { woken };
    }
  },
});
