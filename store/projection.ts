import type { Body } from '../domain/decider.ts';
import { type SearchTerms, searchTerms } from '../domain/search/terms.ts';
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

/** What the read models hold of the state of a stream. */
export type Projected = {
  readonly view: CaseView;
  readonly search: SearchTerms;
  readonly nextDeadlineAt: string | null;
};

/** What the read models hold of a state. */
export function project(projection: Projection, type: CaseType, stream: string, state: unknown): Projected {
  const at = projection.deadlineAt?.(state);
  const view = projection.view(state);
  return {
    view,
    search: searchTerms(type, stream, state, view),
    nextDeadlineAt: at === undefined ? null : new Date(at).toISOString(),
  };
}
