import process from 'node:process';
import { serveAdapter } from '../kit/serve.ts';
import { SettingsError } from '../kit/settings.ts';
import { bridgeAdapter } from './adapter.ts';
import { readBridgeConfig } from './config.ts';

/** Runs the bridge until SIGTERM or SIGINT. Exit code 2 and one sentence on standard error when something is set wrong. */
export async function serveBridge(configFile: string): Promise<void> {
  try {
    await serveAdapter(bridgeAdapter(readBridgeConfig(configFile), process.env));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
