import { Gauge, type Registry as Register } from 'prom-client';
import { Registry } from '../../schemas/registry.ts';
import { type RegistryHealth, readRegistryHealth } from '../../store/registryHealth.ts';
import type { Api } from '../context.ts';
import { kept } from './kept.ts';

/** How the registries do, as `GET /v1/registries` says it; every process says the same. */
export function measureRegistries(
  register: Register,
  { pool, now, log }: Pick<Api, 'pool' | 'now' | 'log'>,
): void {
  const health = kept(
    () => readRegistryHealth(pool, Registry.options),
    now,
    (err) => log.warn({ err }, 'the health of registries could not be read'),
  );
  const gauge = <L extends string>(
    name: string,
    help: string,
    labels: readonly L[],
    values: (one: RegistryHealth) => readonly (readonly [Record<L, string>, number | undefined])[],
  ) =>
    new Gauge<L | 'registry'>({
      name,
      help,
      labelNames: ['registry', ...labels],
      registers: [register],
      async collect() {
        const found = await health();
        this.reset();
        for (const one of found ?? []) {
          for (const [labelled, value] of values(one)) {
            if (value !== undefined) this.set({ registry: one.registry, ...labelled }, value);
          }
        }
      },
    });
  const age = (since: string | undefined) =>
    since === undefined ? undefined : Math.max(0, (now() - Date.parse(since)) / 1_000);
  gauge('orgeid_registry_open', 'Requests that wait for a registry, by how', ['how'], ({ open }) =>
    Object.entries(open).map(([how, value]) => [{ how }, value]),
  );
  gauge(
    'orgeid_registry_oldest_seconds',
    'Age of the oldest question that is open',
    [],
    ({ oldestSince }) => [[{}, age(oldestSince) ?? 0]],
  );
  gauge('orgeid_registry_last_answer_seconds', 'Since when nothing came from it', [], ({ lastAnswerAt }) => [
    [{}, age(lastAnswerAt)],
  ]);
  gauge('orgeid_registry_failure_ratio', 'Share of failures in 24 h', [], ({ failureRate }) => [
    [{}, failureRate],
  ]);
  gauge(
    'orgeid_registry_answers',
    'Messages in 24 h, by what was made of them',
    ['disposition'],
    ({ answers }) => Object.entries(answers).map(([disposition, value]) => [{ disposition }, value]),
  );
  gauge(
    'orgeid_registry_answer_seconds',
    'From the question to the answer, in 24 h',
    ['quantile'],
    ({ answerMs }) =>
      answerMs
        ? [
            [{ quantile: '0.5' }, answerMs.p50 / 1_000],
            [{ quantile: '0.95' }, answerMs.p95 / 1_000],
          ]
        : [],
  );
}
