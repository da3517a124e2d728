import { z } from 'zod';
import { DomainError } from '../domain/error.ts';
import { LocalDate } from '../schemas/codes.ts';

/** What a process of the API reads from its environment, beside the trusted issuers (identity/settings.ts). */
export const ApiEnvironment = z.object({
  ORGEID_POSTGRES_URL: z.string().min(1),
  ORGEID_TEMPORAL_ADDRESS: z.string().min(1),
  ORGEID_TASK_QUEUE: z.string().min(1).default('orgeid'),
  /** `host:port`; port 0 takes any free one. */
  ORGEID_LISTEN: z
    .string()
    .regex(/^.+:\d{1,5}$/)
    .default('127.0.0.1:8080'),
  /** Version of the policy under which new cases start, which must be in the database; the shipped one by default. */
  ORGEID_POLICY_VERSION: z.string().optional(),
  /** File of the unit catalogue; the shipped one by default. */
  ORGEID_UNITS_FILE: z.string().min(1).optional(),
  /** The day whose units count, `YYYY-MM-DD`; today by default. For rehearsals on a catalogue of another time. */
  ORGEID_UNITS_ON: LocalDate.optional(),
  /** Folder of the keys that sign proofs of registration. */
  ORGEID_KEYS_DIR: z.string().min(1).optional(),
  /** File of the offices' people, as samples/hung-yen/people.yaml; who signs in is known from then on as well. */
  ORGEID_DIRECTORY_FILE: z.string().min(1).optional(),
  /** How long a command is tried before its sender is told to ask again. */
  ORGEID_COMMAND_DEADLINE_MS: z.coerce.number().int().min(100).max(120_000).default(10_000),
  /** Longest body that is taken, bytes. */
  ORGEID_BODY_LIMIT: z.coerce.number().int().min(1_024).default(262_144),
  /** Requests of one caller in a minute. */
  ORGEID_RATE_PER_MINUTE: z.coerce.number().int().positive().default(1_200),
  /** How long a graceful stop waits for what was taken. */
  ORGEID_STOP_WITHIN_MS: z.coerce.number().int().min(0).default(15_000),
});
export type ApiEnvironment = z.infer<typeof ApiEnvironment>;

/** @throws DomainError EID_ERR_USAGE naming the variables that are missing or wrong */
export function readApiEnvironment(env: NodeJS.ProcessEnv): ApiEnvironment {
  const result = ApiEnvironment.safeParse(env);
  if (result.success) return result.data;
  const variables = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DomainError('EID_ERR_USAGE', { variables });
}
