import { projections } from '../../domain/projections.ts';
import { caseTypeOf } from '../../schemas/case.ts';
import type { Logs } from './releases.ts';

/** The state that a stream's events lead to, as JSON would hold it. */
export function foldOf({ stream, facts }: Logs[string]): unknown {
  const type = caseTypeOf(stream);
  if (!type) throw new Error(`${stream} is no case`);
  const { initial, evolve } = projections[type];
  const state = facts.reduce<unknown>((before, fact) => evolve(before, fact), initial(stream));
  return JSON.parse(JSON.stringify(state));
}
