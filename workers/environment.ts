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
  /** Folder of the log's keys and checkpoints, outside the database and the same for every worker; without it nothing is signed. */
  ORGEID_AUDIT_DIR: z.string().min(1).optional(),
  /** Name of the log and of its keys, a URL without a scheme (C2SP tlog-checkpoint). */
  ORGEID_LOG_ORIGIN: z
    .string()
    .regex(/^[^\s+]+$/u)
    .default('orgeid.invalid/log'),
  /** File of the witnesses that cosign checkpoints (C2SP tlog-policy). */
  ORGEID_TLOG_POLICY: z.string().min(1).optional(),
  /** A checkpoint is made when the log has grown by so many events, … */
  ORGEID_CHECKPOINT_EVENTS: z.coerce.number().int().positive().default(1_000),
  /** … or at all since so long ago; how often that is looked at. */
  ORGEID_CHECKPOINT_EVERY_MS: z.coerce.number().int().positive().default(300_000),
  ORGEID_CHECKPOINT_LOOK_MS: z.coerce.number().int().min(1_000).default(15_000),
  /** How often log, delivery, workflows and read models are compared; six hours by default. */
  ORGEID_AUDIT_RECONCILE_EVERY_MS: z.coerce.number().int().positive().default(21_600_000),
  /** File of a bundle of the workflows that was made before; made from the sources when absent. */
  ORGEID_WORKFLOW_BUNDLE: z.string().min(1).optional(),
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
