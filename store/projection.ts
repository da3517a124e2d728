import type { Body } from '../domain/decider.ts';
import type { CaseType, CaseView, Fact } from '../schemas/case.ts';

/** How the facts of one case type become its state and read model; all pure. */
export type Projection<State = unknown> = {
  initial(stream: string): State;
  evolve(state: State, fact: Fact<Body>): State;
  view(state: State): CaseView;
  /** Epoch ms of the next deadline. */
  deadlineAt?(state: State): number | undefined;
};

export type Projections = Readonly<Record<CaseType, Projection>>;

/** What the read models hold of a state. */
export function project(
  projection: Projection,
  state: unknown,
): { view: CaseView; nextDeadlineAt: string | null } {
  const at = projection.deadlineAt?.(state);
  return {
    view: projection.view(state),
    nextDeadlineAt: at === undefined ? null : new Date(at).toISOString(),
  };
}
