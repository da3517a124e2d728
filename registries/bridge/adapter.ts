import { defineAdapter, type RegistryAdapter } from '../kit/adapter.ts';
import { listChanges } from './changes.ts';
import type { BridgeConfig } from './config.ts';
import { lookUp } from './lookup.ts';
import { caller } from './request.ts';

/**
 * The adapter that a configuration describes.
 * @param env where the secrets are that the configuration names
 * @throws SettingsError `EID_ERR_USAGE` when a secret is not there
 */
export function bridgeAdapter(config: BridgeConfig, env: NodeJS.ProcessEnv): RegistryAdapter {
  const { registry, concurrency, rateLimitPerSecond, lookup, changes } = config;
  const ask = caller(lookup, env);
  const list = changes && caller(changes, env);
  return defineAdapter({
    registry,
    concurrency,
    ...(rateLimitPerSecond === undefined ? {} : { rateLimitPerSecond }),
    lookup: (query, { signal }) => lookUp(lookup, ask, query, signal),
    ...(changes && list
      ? {
          changes: (context) => listChanges(changes, registry, list, context),
          changesEveryMs: changes.everyMs,
        }
      : {}),
  });
}
