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
  ORGEID_KEYS_DIR: z.string().optional(),
  /** Folder of the log's keys, as the workers have it: bundles are sealed where this process may read the secret one. */
  ORGEID_AUDIT_DIR: z.string().optional(),
  /** File of the offices' people, as samples/hung-yen/people.yaml; who signs in is known from then on as well. */
  ORGEID_DIRECTORY_FILE: z.string().min(1).optional(),
  /** Name of this process's chain in the access history: its own, and the same after a restart. */
  ORGEID_ACCESS_WRITER: z.string().min(1).max(100).default('api'),
  /** Client of the identity provider as which people sign in on the reference page; the embedded provider's own by default. */
  ORGEID_DOCS_CLIENT: z.string().min(1).optional(),
  /** How long a command is tried before its sender is told to ask again. */
  ORGEID_COMMAND_DEADLINE_MS: z.coerce.number().int().min(100).max(120_000).default(10_000),
  /** After how many days the keys of commands are forgotten; what was carried out stays known. */
  ORGEID_COMMAND_KEYS_KEPT_DAYS: z.coerce.number().int().positive().max(3_650).default(30),
  /** Longest body that is taken, bytes. */
  ORGEID_BODY_LIMIT: z.coerce.number().int().min(1_024).default(262_144),
  /** Requests of one caller in a minute. */
  ORGEID_RATE_PER_MINUTE: z.coerce.number().int().positive().default(1_200),
  /** Streams of events that one caller may have open at a process. */
  ORGEID_STREAMS_PER_CALLER: z.coerce.number().int().positive().default(8),
  /** How often a stream of events on which nothing happens shows that it lives. */
  ORGEID_STREAM_HEARTBEAT_MS: z.coerce.number().int().min(100).default(15_000),
  /** Within how long an open stream looks at what has changed; a thousand of them look spread over it. */
  ORGEID_STREAM_PACE_MS: z.coerce.number().int().min(0).default(200),
  /** Tokens from one address that are not accepted, in a minute; more are told to wait. */
  ORGEID_REFUSED_TOKENS_PER_MINUTE: z.coerce.number().int().positive().default(120),
  /** Within how long a request must have arrived as a whole. */
  ORGEID_REQUEST_TIMEOUT_MS: z.coerce.number().int().min(500).default(30_000),
  /** Connections at once; a colleague who follows an inbox holds one. */
  ORGEID_MAX_CONNECTIONS: z.coerce.number().int().positive().default(10_000),
  /** Addresses or networks of the proxies in front, separated by commas; what they say of their clients' addresses is believed. */
  ORGEID_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  /** How long the process goes on listening, not ready, after it was told to stop, so that a balancer may notice. */
  ORGEID_DRAIN_MS: z.coerce.number().int().min(0).default(0),
  /** `host:port` of the Prometheus endpoint, which is for operators and not for callers; none without it. */
  ORGEID_API_METRICS_ADDRESS: z
    .string()
    .regex(/^.+:\d{1,5}$/)
    .optional(),
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
