import process from 'node:process';
import { Client, Connection } from '@temporalio/client';
import { createCases } from '../../client/cases.ts';
import { DomainError } from '../../domain/error.ts';
import { loadPolicy } from '../../policies/load.ts';
import { caseSources } from '../../store/caseSources.ts';
import { openPool } from '../../store/pool.ts';
import { WorkerEnvironment } from '../../workers/environment.ts';
import { casesBegunBefore, failingCases, type Renewing, renewCase } from '../../workers/renew.ts';
import { print } from '../output.ts';

/** Options of `orgeid renew` as the command line gives them. */
export type RenewOptions = {
  readonly failing?: boolean;
  readonly begunBefore?: string;
  readonly dryRun?: boolean;
};
type Find = (renewing: Renewing) => AsyncIterable<string> | Iterable<string>;

const Addresses = WorkerEnvironment.pick({
  ORGEID_POSTGRES_URL: true,
  ORGEID_TEMPORAL_ADDRESS: true,
  ORGEID_TASK_QUEUE: true,
  ORGEID_POLICY_VERSION: true,
});

/**
 * Begins cases anew and prints a line for each.
 * @returns exit code: 0 all go on, 1 some could not be begun
 * @throws DomainError EID_ERR_USAGE when cases are named in no way or in two, or a variable is missing
 */
export async function runRenew(streams: readonly string[], options: RenewOptions): Promise<0 | 1> {
  const find = wanted(streams, options);
  const read = Addresses.safeParse(process.env);
  if (!read.success) {
    const variables = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new DomainError('EID_ERR_USAGE', { variables });
  }
  const env = read.data;
  const db = openPool(env.ORGEID_POSTGRES_URL, { max: 2 });
  try {
    const sources = await caseSources(db, env.ORGEID_POLICY_VERSION || (await loadPolicy()).version);
    const connection = await Connection.connect({ address: env.ORGEID_TEMPORAL_ADDRESS });
    try {
      const temporal = new Client({ connection });
      const cases = createCases({ temporal, taskQueue: env.ORGEID_TASK_QUEUE, sources });
      return await renewEach({ temporal, cases, db }, find, options);
    } finally {
      await connection.close();
    }
  } finally {
    await db.end();
  }
}

/** Which cases are meant: exactly one way of naming them. */
function wanted(streams: readonly string[], { failing, begunBefore }: RenewOptions): Find {
  const time = begunBefore === undefined ? undefined : new Date(begunBefore);
  if (time && Number.isNaN(time.getTime())) {
    throw new DomainError('EID_ERR_USAGE', {
      reason: '--begun-before is a time as 2026-03-01T00:00:00+07:00',
    });
  }
  const ways: Find[] = [
    ...(streams.length > 0 ? [() => streams] : []),
    ...(failing ? [failingCases] : []),
    ...(time ? [(renewing: Renewing) => casesBegunBefore(renewing, time)] : []),
  ];
  const [find] = ways;
  if (find && ways.length === 1) return find;
  throw new DomainError('EID_ERR_USAGE', { reason: 'name cases, or give --failing or --begun-before' });
}

async function renewEach(renewing: Renewing, find: Find, { dryRun }: RenewOptions): Promise<0 | 1> {
  let code: 0 | 1 = 0;
  for await (const stream of find(renewing)) {
    const outcome = dryRun ? 'FOUND' : (await renewCase(renewing, stream)).outcome;
    print(`${stream}\t${outcome}`);
    if (outcome === 'UNKNOWN' || outcome === 'UNAVAILABLE') code = 1;
  }
  return code;
}
