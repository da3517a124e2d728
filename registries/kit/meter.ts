import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Why a question was acknowledged or terminated without being looked up. */
export type SetAside = 'STALE' | 'EID_ERR_SHAPE' | 'EID_ERR_MISADDRESSED';

/** What an adapter counts of itself. Labels name outcomes and codes, never records. */
export type Meter = {
  answered(outcome: string, repeated: boolean): void;
  setAside(why: SetAside): void;
  /** One look-up or delivery, how many seconds it took, and the name of the error that it ended with. */
  lookup(seconds: number, error?: string): void;
  change(became: 'PUBLISHED' | 'REPEATED' | 'REFUSED'): void;
  /** Whether the subscription stands. */
  listening(now: boolean): void;
  /** The same numbers for the log. */
  totals(): Readonly<Record<string, number>>;
  readonly register: Registry;
};

/** @param register where the numbers are read; one of its own by default, so that several adapters fit in a process */
export function meterOf(party: string, register = new Registry()): Meter {
  register.setDefaultLabels({ party });
  const common = { registers: [register] };
  const counter = (name: string, help: string, labelNames: readonly string[]) =>
    new Counter({ name: `orgeid_adapter_${name}`, help, labelNames, ...common });
  const answers = counter('answers_total', 'Answers sent; repeated ones without a look-up', [
    'outcome',
    'repeated',
  ]);
  const aside = counter('questions_set_aside_total', 'Questions not looked up, by reason', ['why']);
  const changes = counter('changes_total', 'Changes told by the registry', ['became']);
  const failures = counter('failures_total', 'Look-ups that threw', ['error']);
  const duration = new Histogram({
    name: 'orgeid_adapter_lookup_seconds',
    help: 'Look-ups and deliveries',
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800],
    ...common,
  });
  const standing = new Gauge({
    name: 'orgeid_adapter_listening',
    help: '1 while the subscription stands',
    ...common,
  });
  const last = new Gauge({
    name: 'orgeid_adapter_last_answer_seconds',
    help: 'When the last answer was stored, seconds since 1970',
    ...common,
  });
  const totals: Record<string, number> = {
    answered: 0,
    repeated: 0,
    lookups: 0,
    failed: 0,
    setAside: 0,
    changes: 0,
  };
  const add = (name: string) => {
    totals[name] = (totals[name] ?? 0) + 1;
  };
  return {
    register,
    answered(outcome, repeated) {
      answers.inc({ outcome, repeated: String(repeated) });
      last.setToCurrentTime();
      add(repeated ? 'repeated' : 'answered');
    },
    setAside(why) {
      aside.inc({ why });
      add('setAside');
    },
    lookup(seconds, error) {
      duration.observe(seconds);
      add('lookups');
      if (error === undefined) return;
      failures.inc({ error });
      add('failed');
    },
    change(became) {
      changes.inc({ became });
      add('changes');
    },
    listening: (now) => standing.set(now ? 1 : 0),
    totals: () => ({ ...totals }),
  };
}

/** Adds memory, processor and event loop of the process. */
export const measureProcess = (register: Registry): void => collectDefaultMetrics({ register });
