import { forgetKeys } from '../../store/commandKeys.ts';
import { forgetRefusedItems } from '../../store/refusedItems.ts';
import type { Api } from '../context.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Forgets once an hour, and now, the keys that are older than so many days, and the refusals noted under them, until the process stops. What
 * was carried out stays known: the log holds the ids of its commands for good.
 */
export function forgetOldKeys(
  { pool, log, now, stopping }: Pick<Api, 'pool' | 'log' | 'now' | 'stopping'>,
  keptDays: number,
): void {
  const forget = async (): Promise<void> => {
    const before = new Date(now() - keptDays * DAY_MS).toISOString();
    const [keys, refusals] = await Promise.all([forgetKeys(pool, before), forgetRefusedItems(pool, before)]);
    if (keys + refusals > 0) log.info({ keys, refusals, before }, 'old keys of commands were forgotten');
  };
  const tick = (): void => {
    forget().catch((err: unknown) => log.warn({ err }, 'old keys of commands are still there'));
  };
  const timer = setInterval(tick, HOUR_MS);
  timer.unref();
  stopping.addEventListener('abort', () => clearInterval(timer), { once: true });
  tick();
}
