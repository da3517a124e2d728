import { Gauge, type Registry } from 'prom-client';
import { type Backlog, readBacklog } from '../../store/backlog.ts';
import type { Api } from '../context.ts';
import { kept } from './kept.ts';

/** Units named at most; the number of series stays small in a country of thousands. */
const UNITS = 50;

/**
 * What lies open, read from PostgreSQL when it is asked for, at most every 15 s. Every process says the same: take the maximum over them.
 * While PostgreSQL does not answer there are no values, rather than old ones.
 */
export function measureBacklog(
  register: Registry,
  { pool, now, log }: Pick<Api, 'pool' | 'now' | 'log'>,
): void {
  const backlog = kept(
    () => readBacklog(pool, UNITS),
    now,
    (err) => log.warn({ err }, 'the backlog could not be read'),
  );
  const gauge = <L extends string>(
    name: string,
    help: string,
    label: L,
    values: (backlog: Backlog) => readonly (readonly [string, number])[],
  ) =>
    new Gauge<L>({
      name,
      help,
      labelNames: [label],
      registers: [register],
      async collect() {
        const found = await backlog();
        this.reset();
        const labelled = (value: string) => ({ [label]: value }) as Record<L, string>;
        if (found) for (const [of, value] of values(found)) this.set(labelled(of), value);
      },
    });
  gauge('orgeid_tasks_open', 'Open tasks by kind, claimed ones too', 'kind', ({ kinds }) =>
    kinds.map(({ kind, open }) => [kind, open]),
  );
  gauge('orgeid_tasks_overdue', 'Open tasks past their limit, by kind', 'kind', ({ kinds }) =>
    kinds.map(({ kind, overdue }) => [kind, overdue]),
  );
  gauge('orgeid_queue_age_seconds', 'Age of the oldest open task by kind', 'kind', ({ kinds }) =>
    kinds.map(({ kind, oldest }) => [kind, Math.max(0, (now() - oldest) / 1_000)]),
  );
  gauge(
    'orgeid_unit_tasks_overdue',
    `Tasks past their limit of the ${UNITS} units that have the most`,
    'unit',
    ({ overdue }) => overdue.map(({ unit, tasks }) => [unit, tasks]),
  );
}
