import { DomainError } from '../../domain/error.ts';
import { createLogger } from '../../log/logger.ts';
import { endWithParent } from '../../processes/parent.ts';
import { readSettings } from './environment.ts';
import { demoFiles, readDirectory } from './people.ts';

/**
 * The embedded provider as a process of its own, for development on one machine. Says `{"ready":true,"issuer":…}` on
 * standard output once it answers; SIGHUP makes a new key sign. With `ORGEID_GUARDED` set it ends with its parent.
 */
async function main(): Promise<void> {
  const log = createLogger('identity');
  const settings = readSettings(process.env);
  const directory = readDirectory([...demoFiles, ...settings.peopleFiles]);
  // The library speaks through the console, and standard output is for the ready line.
  console.info = console.warn = (text: unknown) => log.debug({ text }, 'oidc-provider');
  const { startProvider } = await import('./server.ts');
  const provider = await startProvider(settings, directory, log);

  const end = new AbortController();
  const stop = () => end.abort();
  end.signal.addEventListener('abort', () => {
    provider.stop().catch((err: unknown) => log.error({ err }, 'the provider did not stop'));
    process.stdin.destroy();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  process.on('SIGHUP', () => {
    provider.rotate().catch((err: unknown) => log.error({ err }, 'the key was not rotated'));
  });
  endWithParent(end);
  const { issuer } = provider;
  const { audience } = settings;
  process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid, issuer, audience })}\n`);
  log.info(
    { issuer, people: directory.people.size, services: directory.services.size },
    'people can sign in',
  );
}

main().catch((error: unknown) => {
  const log = createLogger('identity');
  if (error instanceof DomainError)
    log.fatal(error.details, `${error.code}: the identity provider does not run`);
  else log.fatal({ err: error }, 'the identity provider does not run');
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 500).unref();
});
