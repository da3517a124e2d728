import { CancellationScope, DeterminismViolationError, isCancellation, log } from '@temporalio/workflow';
import type { Body, Effect } from '../domain/decider.ts';

/** What an effect needs besides its input: its key, and the correlation id of the command that asked for it. */
export type EffectContext = { readonly key: string; readonly correlationId: string };

/** Effect kind → what to do in the world, and the command that its result or failure becomes. */
export type EffectTable<W extends Effect, C extends Body> = {
  readonly [K in W['kind']]: (input: Extract<W, { kind: K }>['input'], context: EffectContext) => Promise<C>;
};

/**
 * Starts the effects that the state wants and are not running, and cancels those it no longer wants. A finished one
 * stays known until it is not wanted any more, so that a result which decides to nothing does not start it again.
 */
export function effectsRunner<W extends Effect, C extends Body>(
  table: EffectTable<W, C>,
  done: (commandId: string, command: C, correlationId: string) => Promise<unknown>,
): { steer(wanted: readonly W[], correlationId: string): void; stop(): void } {
  const running = new Map<string, CancellationScope>();

  // Only the effect itself runs in its scope: its result may start others, which must not be cancelled with it.
  async function run(effect: W, context: EffectContext, scope: CancellationScope): Promise<void> {
    const act = table[effect.kind as W['kind']] as (input: unknown, context: EffectContext) => Promise<C>;
    try {
      const command = await scope.run(() => act(effect.input, context));
      await done(`${effect.key}:result`, command, context.correlationId);
    } catch (error) {
      if (error instanceof DeterminismViolationError) throw error;
      if (!isCancellation(error)) log.error('an effect failed', { key: effect.key, error: String(error) });
    }
  }

  function keepOnly(keys: ReadonlySet<string>): void {
    for (const [key, scope] of running) {
      if (keys.has(key)) continue;
      running.delete(key);
      scope.cancel();
    }
  }

  return {
    steer(wanted, correlationId) {
      keepOnly(new Set(wanted.map((effect) => effect.key)));
      for (const effect of wanted) {
        if (running.has(effect.key)) continue;
        const scope = new CancellationScope();
        running.set(effect.key, scope);
        void run(effect, { key: effect.key, correlationId }, scope);
      }
    },
    stop: () => keepOnly(new Set()),
  };
}
