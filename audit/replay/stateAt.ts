import { type AnyFact, projections } from '../../domain/projections.ts';
import type { CaseType } from '../../schemas/case.ts';

/** The state of a case after some events: the fold by the very `evolve` that the workflow and the read models use, as plain JSON. */
export function stateAt(caseType: CaseType, stream: string, events: readonly AnyFact[]): unknown {
  const { initial, evolve } = projections[caseType];
  const state = events.reduce(
    (before, { type, data, at, by }) => evolve(before, { type, data, at, by }),
    initial(stream),
  );
  return JSON.parse(JSON.stringify(state));
}
