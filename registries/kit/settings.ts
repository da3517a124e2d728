import { accessSync, constants } from 'node:fs';
import { z } from 'zod';

/** What is set wrong, in one sentence that begins with `EID_ERR_USAGE`. */
export class SettingsError extends Error {
  readonly code = 'EID_ERR_USAGE';
}

export const invalid = (sentence: string): SettingsError => new SettingsError(`EID_ERR_USAGE: ${sentence}`);

/** What the process of an adapter reads from its environment. */
const Environment = z.object({
  ORGEID_NATS_URL: z.string('is missing: set it to the address of NATS, nats://host:4222').min(1),
  /** File with the seed of the adapter's own nkey. */
  ORGEID_NATS_SEED_FILE: z.string().min(1).optional(),
  /** Port of /health, /ready and /metrics; none without it, any free one with 0. */
  ORGEID_ADAPTER_PORT: z.coerce.number('is not a port').int().min(0).max(65_535).optional(),
  /** Address on which that port listens. */
  ORGEID_ADAPTER_HOST: z.string().min(1).default('127.0.0.1'),
  /** File that keeps where the changes go on after a restart; without it they begin anew. */
  ORGEID_ADAPTER_CURSOR_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'is not a level of the log')
    .default('info'),
});
export type AdapterSettings = z.infer<typeof Environment>;

/** @throws SettingsError naming the first variable that is missing or wrong, and what to set */
export function readSettings(env: NodeJS.ProcessEnv): AdapterSettings {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = Environment.safeParse(set);
  const issue = read.error?.issues[0];
  if (!read.success) throw invalid(`${issue?.path.join('.')} ${issue?.message}`);
  const { ORGEID_NATS_SEED_FILE: seedFile, ORGEID_NATS_URL: url } = read.data;
  if (!url.split(',').every((one) => URL.canParse(one.includes('://') ? one : `nats://${one}`))) {
    throw invalid('ORGEID_NATS_URL is not an address like nats://host:4222');
  }
  if (seedFile !== undefined && !isReadable(seedFile)) {
    throw invalid('ORGEID_NATS_SEED_FILE names a file that cannot be read');
  }
  return read.data;
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
