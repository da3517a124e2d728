import { ACK_WAIT_MS } from './bus.ts';
import { type CheckContext, failed, type Outcome, passed } from './item.ts';

/** Passed with this text once nothing is left that the adapter has not acknowledged; takes away what stays. */
export async function settledAfter(context: CheckContext, came: string): Promise<Outcome> {
  const { bus, process } = context;
  const ms = ACK_WAIT_MS + context.timeoutMs;
  if (await bus.until(async () => (await bus.open()) === 0 || process?.isAlive() === false, ms)) {
    if ((await bus.open()) === 0) return passed(came);
  }
  const left = await bus.open();
  await bus.clear();
  if (process?.isAlive() === false) return failed(`the adapter ${process.lastWords()}`);
  return failed(`${left} not acknowledged within ${ms / 1_000} s; it would come again for ever`);
}
