import { Gauge, type Registry } from 'prom-client';
import { type KeptReconciliation, lastReconciliation } from '../../store/auditReconciliations.ts';
import type { Api } from '../context.ts';
import { kept } from './kept.ts';

/** What the latest comparison of log, delivery, workflows and read models found, and how long ago. No values before the first. */
export function measureReconciliation(
  register: Registry,
  { pool, now, log }: Pick<Api, 'pool' | 'now' | 'log'>,
): void {
  const last = kept(
    () => lastReconciliation(pool),
    now,
    (err) => log.warn({ err }, 'the latest reconciliation could not be read'),
  );
  const gauge = (name: string, help: string, value: (found: KeptReconciliation) => number) =>
    new Gauge({
      name,
      help,
      registers: [register],
      async collect() {
        const found = await last();
        if (found) this.set(value(found));
        else this.remove();
      },
    });
  gauge(
    'orgeid_audit_differences',
    'Differences of log, delivery, workflows and read models in the latest comparison',
    ({ differences }) => differences,
  );
  gauge('orgeid_audit_age_seconds', 'Age of the latest comparison', ({ finishedAt }) =>
    Math.max(0, (now() - Date.parse(finishedAt)) / 1_000),
  );
}
