import { enabledRule, isDissolved } from '../domain/account/grounds.ts';
import { currentValue } from '../domain/account/information/current.ts';
import { valuesOf } from '../domain/account/information/identity.ts';
import { compareField } from '../domain/matching/compare-field.ts';
import type { AccountState } from '../schemas/account.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import type { RecordField, RegistryAnswer } from '../schemas/registry.ts';
import type { FieldFinding, Finding, StatusFinding } from '../store/reconciliation.ts';

type Answered = Extract<RegistryAnswer, { outcome: 'FOUND' | 'NOT_FOUND' }>;
type Found = Extract<RegistryAnswer, { outcome: 'FOUND' }>;

/**
 * Compares what an account holds with what a registry answered, field by field with the policy's matching. Of an account
 * that has ended the fields are left alone: nothing would change in them any more.
 */
export function compareAccount(
  state: Partial<AccountState>,
  answer: Answered,
  asked: readonly RecordField[],
  policy: CasePolicy,
): Finding {
  const { reference } = answer;
  if (answer.outcome === 'NOT_FOUND') return { outcome: 'NOT_FOUND', reference };
  const { grounds = [] } = state;
  const status = compareStatus(state, answer, policy);
  const fields = isDissolved({ grounds }) ? [] : compareFields(state, answer, asked, policy);
  const agrees = status.result === 'SAME' && fields.every(({ result }) => result !== 'DIFFERENT');
  return { outcome: agrees ? 'AGREES' : 'DIFFERS', reference, status, fields };
}

function compareFields(
  { identity, information = [] }: Partial<AccountState>,
  { values }: Found,
  asked: readonly RecordField[],
  policy: CasePolicy,
): FieldFinding[] {
  const held = new Map(identity ? valuesOf(identity) : []);
  return asked.map((field) => {
    const kept = currentValue(information, field, policy.informationSources[field]);
    const ours = kept?.value ?? held.get(field);
    const { outcome, band, why, declared, registry } = compareField(
      policy.matching,
      field,
      ours,
      values[field],
    );
    const differs = band === 'same' ? 'SAME' : 'DIFFERENT';
    return {
      field,
      result: outcome === 'missing' ? 'NOT_HELD' : differs,
      ...(declared === undefined ? {} : { ours: declared }),
      ...(kept === undefined ? {} : { source: kept.source }),
      ...(registry === undefined ? {} : { theirs: registry }),
      band,
      why,
    };
  });
}

/** An end that the registry reports must lock the account where the policy says so; what it takes back must not. */
function compareStatus(
  { grounds = [], registryStatus = {} }: Partial<AccountState>,
  { status: theirs, registry }: Found,
  policy: CasePolicy,
): StatusFinding {
  const published = registryStatus[registry]?.status;
  const code = policy.registryGrounds[theirs];
  const mustLock = code !== undefined && enabledRule(policy, code) !== undefined;
  const locks = grounds.some((ground) => ground.code === code) || isDissolved({ grounds });
  const onItsWord = grounds.some(({ authority }) => authority.id === registry);
  return {
    result: mustLock ? (locks ? 'SAME' : 'NOT_LOCKED') : onItsWord ? 'STILL_LOCKED' : 'SAME',
    theirs,
    ...(published === undefined ? {} : { ours: published }),
  };
}
