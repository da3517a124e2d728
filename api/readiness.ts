import type { Needed } from '../schemas/http/readiness.ts';
import type { Api } from './context.ts';
import { within } from './within.ts';

/** What may be asked whether it is there: it settles when it is. */
export type Probe = () => Promise<unknown>;

const PROBE_MS = 2_000;
const KEPT_MS = 1_000;

/** What of the needed things does not answer; found out once for however many ask within a second. */
export function createReadiness(
  { stopping, now, log }: Pick<Api, 'stopping' | 'now' | 'log'>,
  probes: Readonly<Record<Exclude<Needed, 'running'>, Probe>>,
): () => Promise<Needed[]> {
  let found: Promise<Needed[]> | undefined;
  let foundAt = Number.NEGATIVE_INFINITY;

  async function missing(name: Needed, probe: Probe): Promise<Needed[]> {
    try {
      await within(PROBE_MS, probe, () => new Error('no answer in time'));
      return [];
    } catch (err) {
      log.warn({ err, missing: name }, 'not ready');
      return [name];
    }
  }

  async function look(): Promise<Needed[]> {
    const each = Object.entries(probes).map(([name, probe]) => missing(name as Needed, probe));
    return (await Promise.all(each)).flat();
  }

  return async () => {
    if (now() - foundAt > KEPT_MS) {
      foundAt = now();
      found = look();
    }
    const names = (await found) ?? [];
    return stopping.aborted ? [...names, 'running'] : names;
  };
}

/** A probe that counts by its last outcome while the next is long in coming. */
export function patient(probe: Probe, waitMs: number): Probe {
  let last: { readonly error?: unknown } | undefined;
  return async () => {
    const asked = probe().then(
      () => ({}),
      (error: unknown) => ({ error }),
    );
    const heard = asked.then((outcome) => {
      last = outcome;
      return outcome;
    });
    const outcome = last
      ? await within(
          waitMs,
          () => heard,
          () => new Error('late'),
        ).catch(() => last)
      : await heard;
    if (outcome && 'error' in outcome) throw outcome.error;
  };
}
