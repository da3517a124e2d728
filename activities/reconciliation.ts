import type { AccountState } from '../schemas/account.ts';
import type { OrganisationCategory } from '../schemas/enums.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import type { Registry, RegistryQuery } from '../schemas/registry.ts';
import type { Queryable } from '../store/pool.ts';
import {
  accountsAfter,
  type Finding,
  finishRun,
  type NotAsked,
  putFinding,
  readAccount,
} from '../store/reconciliation.ts';
import type { AccountToAsk, Heard, ReconciliationActivities } from '../workflows/reconciliation.ts';
import { compareAccount } from './compareAccount.ts';

/** `policy`: by its version, as the run pinned it. */
export const reconciliationActivities = (
  db: Queryable,
  policy: (version: string) => Promise<CasePolicy>,
): ReconciliationActivities => ({
  async accountsToAsk({ run, registry, policyVersion, after, limit }) {
    const rules = await policy(policyVersion);
    const rows = await accountsAfter(db, run, after, limit);
    return rows.map(({ account, state, category }): AccountToAsk => {
      const asking = subjectOf(registry, state, category, rules);
      return { account, number: state.number ?? '', ...asking };
    });
  },
  async recordFinding({ run, registry, policyVersion, account, heard }) {
    const row = await readAccount(db, account);
    if (!row) throw new Error(`there is no account ${account}`);
    const rules = await policy(policyVersion);
    await putFinding(db, run, row, findingOf(row.state, heard, registry, rules));
  },
  finishReconciliation: ({ run }) => finishRun(db, run),
});

function findingOf(
  state: Partial<AccountState>,
  heard: Heard,
  registry: Registry,
  rules: CasePolicy,
): Finding {
  if ('notAsked' in heard) return { outcome: 'NOT_ASKED', why: heard.notAsked };
  if ('silent' in heard) {
    return { outcome: 'UNANSWERED', attempts: heard.attempts, detail: heard.detail };
  }
  return compareAccount(state, heard, rules.registryFields[registry], rules);
}

type Asking = { readonly subject: RegistryQuery['subject'] } | { readonly notAsked: NotAsked };

/** By what the registry looks the organisation up, from what the account holds now; or why it cannot be asked. */
function subjectOf(
  registry: Registry,
  { identity, number }: Partial<AccountState>,
  category: OrganisationCategory | undefined,
  rules: CasePolicy,
): Asking {
  if (category === undefined || !rules.registries[category].includes(registry)) {
    return { notAsked: 'CATEGORY' };
  }
  if (!identity || number === undefined) return { notAsked: 'NO_KEY' };
  const { enterpriseCode: code, taxCode, names, representative } = identity;
  if (registry === 'POPULATION' && representative.nationality !== 'VN') return { notAsked: 'FOREIGN' };
  if (registry === 'BUSINESS' && code === undefined) return { notAsked: 'NO_KEY' };
  if (registry === 'TAX' && (taxCode ?? code) === undefined) return { notAsked: 'NO_KEY' };
  const subject = {
    category,
    nameVi: names.vi,
    ...(code === undefined ? {} : { code }),
    ...(taxCode === undefined ? {} : { taxCode }),
    ...(registry === 'POPULATION' ? { personNumber: representative.number } : {}),
  };
  return { subject };
}
