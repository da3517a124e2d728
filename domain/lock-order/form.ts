import type { LockOrderField, LockOrderForm } from '../../schemas/lock-order.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { DomainError } from '../error.ts';
import { toMs } from '../time.ts';

/** Without these no account could be told what to do: the ground names its authority and its document. */
const neededByAccount = ['authority', 'document'] as const satisfies readonly LockOrderField[];

const isGiven = (value: unknown): boolean => value !== undefined && value !== '';

/** The fields that a complete form TK03 needs and this one lacks: those of the policy, and what the account must know. */
export function missingFields(
  form: LockOrderForm,
  { lockOrderFields }: Pick<CasePolicy, 'lockOrderFields'>,
): LockOrderField[] {
  const needed = new Set<LockOrderField>([...lockOrderFields, ...neededByAccount]);
  return [...needed].filter((field) => !isGiven(form[field]));
}

/**
 * What no paper can mean is a slip of whoever typed it: a term of an unlock, a lock that lifts another, a term that is over.
 * @throws DomainError EID_ERR_SHAPE
 */
export function mustMakeSense({ action, until, liftsDocument }: LockOrderForm, now: number): void {
  const refuse = (field: string, why: string) => {
    throw new DomainError('EID_ERR_SHAPE', { fields: [{ field: `data.form.${field}`, why }] });
  };
  if (action === 'UNLOCK' && until !== undefined) refuse('until', 'only a lock has a term');
  if (action === 'LOCK' && liftsDocument !== undefined)
    refuse('liftsDocument', 'only an unlock lifts a lock');
  if (until !== undefined && toMs(until) <= now) refuse('until', 'must lie in the future');
}

/**
 * The form with what an account needs of it.
 * @throws DomainError EID_ERR_ORDER_INCOMPLETE
 */
export function completed(form: LockOrderForm) {
  const { authority, document } = form;
  if (!authority || !document) {
    throw new DomainError('EID_ERR_ORDER_INCOMPLETE', {
      missing: missingFields(form, { lockOrderFields: [] }),
    });
  }
  return { ...form, authority, document };
}
