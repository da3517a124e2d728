import type { NatsConnection } from '@nats-io/nats-core';
import { commandFault, type FaultCommand } from '../registries/rehearsal/control.ts';
import type { Registry } from '../schemas/registry.ts';
import type { Follow } from './follow.ts';

/** What befalls a registry: from the moment when so many answers have come, for so long. */
type Disturbance = {
  readonly registry: Registry;
  readonly fault: FaultCommand;
  readonly afterAnswers: number;
  readonly forMs: number;
};

/** Shorter than the policy of the demo waits for an answer, so that nobody has to decide because of them. */
const disturbances: readonly Disturbance[] = [
  { registry: 'COOPERATIVE', fault: { fault: 'SLOW', ms: 1_200 }, afterAnswers: 0, forMs: 20_000 },
  { registry: 'TAX', fault: { fault: 'DOWN' }, afterAnswers: 40, forMs: 2_500 },
];

/** How often each registry was asked, and what befell it. */
export type RegistryCount = { readonly asked: number; readonly befell?: string };

/**
 * Disturbs the registries while the requests are played.
 *
 * @param told takes one line for each beginning and end
 * @returns how often each was asked in the end, once every disturbance is over
 */
export function disturb(
  nc: NatsConnection,
  news: Pick<Follow, 'onEvent'>,
  told: (line: string) => void,
  signal: AbortSignal,
): (registries: readonly Registry[]) => Promise<Record<string, RegistryCount>> {
  let answers = 0;
  const waiting = [...disturbances];
  const befallen: Promise<void>[] = [];
  const befall = async ({ registry, fault, forMs }: Disturbance) => {
    const word = fault.fault === 'DOWN' ? 'is down' : `answers after ${fault.ms} ms`;
    await commandFault(nc, registry, fault);
    told(`registry ${registry} ${word} for ${forMs / 1_000} s`);
    await over(forMs, signal);
    await commandFault(nc, registry, { fault: 'NONE' });
    told(`registry ${registry} is as before`);
  };
  const begin = () => {
    for (const one of waiting.filter(({ afterAnswers }) => afterAnswers <= answers)) {
      waiting.splice(waiting.indexOf(one), 1);
      const over = befall(one);
      over.catch(() => undefined); // awaited below
      befallen.push(over);
    }
  };
  begin();
  news.onEvent(({ type }) => {
    if (type !== 'RegistryAnswered') return;
    answers++;
    begin();
  });
  return async (registries) => {
    await Promise.all(befallen);
    const befell = new Map(disturbances.map(({ registry, fault }) => [registry, fault.fault]));
    const counted = registries.map(async (registry) => {
      const { lookups: asked } = await commandFault(nc, registry, undefined);
      const fault = befell.get(registry);
      return [registry, fault === undefined ? { asked } : { asked, befell: fault }] as const;
    });
    return Object.fromEntries(await Promise.all(counted));
  };
}

/** Until the time is over, or the signal is aborted. */
const over = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
