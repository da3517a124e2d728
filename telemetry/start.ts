import type { Tracing } from './timed.ts';

/**
 * Begins to send the process's spans by OTLP over HTTP, if `OTEL_EXPORTER_OTLP_ENDPOINT` says where; undefined without it, and then
 * nothing of the SDK is loaded. `service` is its `service.name`. The other `OTEL_*` settings are the SDK's own.
 */
export async function startTracing(
  service: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Tracing | undefined> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT) return undefined;
  const { installTracing } = await import('./install.ts');
  return installTracing(service);
}
