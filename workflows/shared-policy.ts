import type { CasePolicy } from '../schemas/policy.ts';

const KEPT = 100;
const known = new Map<string, CasePolicy>();

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}

/**
 * The one copy of a policy that all cases of a worker read. Every case starts with a copy of its own; thousands of them in
 * a worker's memory would each be indexed anew by the calendar and by matching. This module is evaluated once for all
 * workflows (see workers/bundle.ts), and what it keeps is equal to what the case was given, so replay sees no difference.
 */
export function sharedPolicy(policy: CasePolicy): CasePolicy {
  const text = JSON.stringify(policy);
  const same = known.get(text);
  if (same) return same;
  for (const oldest of known.keys()) if (known.size >= KEPT) known.delete(oldest);
  known.set(text, freeze(policy));
  return policy;
}
