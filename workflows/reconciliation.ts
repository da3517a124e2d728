import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { CasePolicy } from '../schemas/policy.ts';
import type { Registry, RegistryQuery } from '../schemas/registry.ts';
import { askRegistry, type SaidOfRecord, type Silence } from './ask.ts';

/** One comparison of all accounts with a registry. `policy` is pinned for the run. */
export type ReconciliationInput = {
  readonly run: string;
  readonly registry: Registry;
  readonly policy: CasePolicy;
  /** Stream of the last account that was read; none at first. */
  readonly after?: string;
  /** Questions under way at once, accounts in a page, and accounts until it continues as new. */
  readonly lanes?: number;
  readonly page?: number;
  readonly continueAfter?: number;
};

/** An account and by what the registry looks it up, or why it is not asked. */
export type AccountToAsk = { readonly account: string; readonly number: string } & (
  | { readonly subject: RegistryQuery['subject'] }
  | { readonly notAsked: 'CATEGORY' | 'FOREIGN' | 'NO_KEY' }
);

/** What was heard of an account: an answer, silence, or nothing because it was not asked. */
export type Heard = SaidOfRecord | Silence | { readonly notAsked: 'CATEGORY' | 'FOREIGN' | 'NO_KEY' };

type OfRun = { readonly run: string; readonly registry: Registry; readonly policyVersion: string };

export type ReconciliationActivities = {
  accountsToAsk(input: OfRun & { after: string; limit: number }): Promise<readonly AccountToAsk[]>;
  /** Compares and writes what was found, once for each account of a run. */
  recordFinding(input: OfRun & { account: string; heard: Heard }): Promise<void>;
  finishReconciliation(input: { run: string }): Promise<void>;
};

const { accountsToAsk, recordFinding, finishReconciliation } = proxyActivities<ReconciliationActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
});

const LANES = 20;
const PAGE = 100;
const CONTINUE_AFTER = 300;

/**
 * Asks a registry about every account, some at once, and has what differs written down; it changes no account. A run that
 * was ended from outside goes on where it was when it is started again.
 */
export async function reconciliation(input: ReconciliationInput): Promise<void> {
  const { run, registry, policy, page = PAGE, continueAfter = CONTINUE_AFTER } = input;
  const ofRun = { run, registry, policyVersion: policy.version };
  let after = input.after ?? '';
  for (let compared = 0; compared < continueAfter; ) {
    const accounts = await accountsToAsk({ ...ofRun, after, limit: page });
    const last = accounts.at(-1);
    if (!last) return await finishReconciliation({ run });
    await inLanes(accounts, input.lanes ?? LANES, async (one) => {
      const heard = 'notAsked' in one ? { notAsked: one.notAsked } : await ask(input, one);
      await recordFinding({ ...ofRun, account: one.account, heard });
    });
    after = last.account;
    compared += accounts.length;
  }
  await continueAsNew<typeof reconciliation>({ ...input, after });
}

/** The gateway completes the question by its id: this workflow's id, the registry, and the account's number. */
function ask(
  { run, registry, policy }: ReconciliationInput,
  { number, subject }: { readonly number: string; readonly subject: RegistryQuery['subject'] },
): Promise<SaidOfRecord | Silence> {
  const workflowId = `reconciliation-${run}`;
  const queryId = `${workflowId}.${registry}.${number}`;
  const asking = { queryId, registry, subject, fields: policy.registryFields[registry] };
  return askRegistry(policy, asking, { key: queryId, correlationId: workflowId });
}

/** Works on a list with so many at once, and returns when all of it is done. */
async function inLanes<T>(
  list: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...list];
  const lane = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, list.length) }, lane));
}
