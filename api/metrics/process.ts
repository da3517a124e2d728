import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import type { Api } from '../context.ts';
import type { UnderWay } from '../stop.ts';

/** The process itself: memory, processor, lag of the event loop, connections to PostgreSQL, requests under way. */
export function measureProcess(register: Registry, { pool }: Pick<Api, 'pool'>, underWay: UnderWay): void {
  collectDefaultMetrics({ register });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [register],
      collect() {
        this.set(value());
      },
    });
  gauge('orgeid_pool_connections', 'Connections to PostgreSQL', () => pool.totalCount);
  gauge('orgeid_pool_idle', 'Connections to PostgreSQL that nobody uses', () => pool.idleCount);
  gauge('orgeid_pool_waiting', 'Statements that wait for a connection', () => pool.waitingCount);
  gauge('orgeid_http_under_way', 'Requests that were taken and not yet answered', () => underWay.count);
}
