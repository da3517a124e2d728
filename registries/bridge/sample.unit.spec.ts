import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bridgeAdapter } from './adapter.ts';
import { readBridgeConfig } from './config.ts';

const sample = fileURLToPath(new URL('../../samples/adapter-bridge/tax.yaml', import.meta.url));

it('the sample configuration makes an adapter that tells changes too, once its secret is there', () => {
  const config = readBridgeConfig(sample);
  expect(bridgeAdapter(config, { REGISTRY_TOKEN: 'x' })).toMatchObject({
    registry: 'TAX',
    concurrency: 8,
    rateLimitPerSecond: 20,
    changes: expect.any(Function),
  });
  expect(() => bridgeAdapter(config, {})).toThrow('REGISTRY_TOKEN is missing');
});
