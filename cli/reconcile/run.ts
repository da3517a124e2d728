import process from 'node:process';
import { Client, Connection } from '@temporalio/client';
import { DomainError } from '../../domain/error.ts';
import { loadPolicy } from '../../policies/load.ts';
import type { Registry } from '../../schemas/registry.ts';
import { caseSources } from '../../store/caseSources.ts';
import { openPool } from '../../store/pool.ts';
import { WorkerEnvironment } from '../../workers/environment.ts';
import { reconcile } from '../../workers/reconcile.ts';
import { type OutputLanguage, print, printJson } from '../output.ts';
import { exitCodeFor, reportLines } from './report.ts';

/** Options of `orgeid reconcile` as the command line gives them. */
export type ReconcileCommandOptions = {
  readonly registry: Registry;
  readonly wait?: string;
  readonly attempts?: string;
  readonly json?: boolean;
  readonly lang: OutputLanguage;
};

const Addresses = WorkerEnvironment.pick({
  ORGEID_POSTGRES_URL: true,
  ORGEID_TEMPORAL_ADDRESS: true,
  ORGEID_TASK_QUEUE: true,
  ORGEID_POLICY_VERSION: true,
});

/**
 * Runs a reconciliation on a running system and prints what differs; progress goes to standard error.
 *
 * @returns exit code: 0 all agree, 1 some were not answered for, 3 something differs
 * @throws DomainError EID_ERR_USAGE naming the variables or options that are missing or wrong
 */
export async function runReconcile(options: ReconcileCommandOptions): Promise<0 | 1 | 3> {
  const answerWithinMs = positive('wait', options.wait, 1_000);
  const attempts = positive('attempts', options.attempts);
  const env = addresses(process.env);
  const db = openPool(env.ORGEID_POSTGRES_URL, { max: 2 });
  try {
    const version = env.ORGEID_POLICY_VERSION || (await loadPolicy()).version;
    const { currentPolicy } = await caseSources(db, version);
    const connection = await Connection.connect({ address: env.ORGEID_TEMPORAL_ADDRESS });
    try {
      const client = new Client({ connection });
      const found = await reconcile(client, env.ORGEID_TASK_QUEUE, options.registry, {
        db,
        policy: currentPolicy,
        ...(answerWithinMs === undefined ? {} : { answerWithinMs }),
        ...(attempts === undefined ? {} : { attempts }),
        onProgress: progress(),
      });
      if (options.json) printJson(found);
      else print(reportLines(found, options.lang).join('\n'));
      return exitCodeFor(found);
    } finally {
      await connection.close();
    }
  } finally {
    await db.end();
  }
}

function addresses(env: NodeJS.ProcessEnv) {
  const read = Addresses.safeParse(env);
  if (read.success) return read.data;
  const variables = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new DomainError('EID_ERR_USAGE', { variables });
}

function positive(name: string, text: string | undefined, times = 1): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text) * times;
  throw new DomainError('EID_ERR_USAGE', { reason: `--${name} is a whole number of 1 or more` });
}

/** A line whenever the count has moved. */
function progress() {
  let told = '';
  return ({ run, done, of }: { readonly run: string; readonly done: number; readonly of: number }) => {
    const line = `${run}: ${done} of ${of} accounts compared`;
    if (line !== told) process.stderr.write(`${line}\n`);
    told = line;
  };
}
