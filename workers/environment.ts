import { z } from 'zod';
import { DomainError } from '../domain/error.ts';

/** What a worker process reads from its environment. */
export const WorkerEnvironment = z.object({
  ORGEID_POSTGRES_URL: z.string().min(1),
  ORGEID_NATS_URL: z.string().min(1),
  ORGEID_TEMPORAL_ADDRESS: z.string().min(1),
  ORGEID_TASK_QUEUE: z.string().min(1).default('orgeid'),
  /** `host:port` of the Prometheus endpoint; none without it. */
  ORGEID_METRICS_ADDRESS: z.string().optional(),
  ORGEID_STREAM_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  /** Version of the policy under which new cases start, which must be in the database; the shipped one by default. */
  ORGEID_POLICY_VERSION: z.string().optional(),
  ORGEID_CARETAKER_GRACE_MS: z.coerce.number().int().positive().default(30_000),
  ORGEID_CARETAKER_EVERY_MS: z.coerce.number().int().positive().default(60_000),
  ORGEID_CONTINUE_AFTER: z.coerce.number().int().positive().optional(),
});
export type WorkerEnvironment = z.infer<typeof WorkerEnvironment>;

/** @throws DomainError EID_ERR_USAGE naming the variables that are missing or wrong */
export function readEnvironment(env: NodeJS.ProcessEnv): WorkerEnvironment {
  const result = WorkerEnvironment.safeParse(env);
  if (result.success) return result.data;
  const variables = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DomainError('EID_ERR_USAGE', { variables });
}
