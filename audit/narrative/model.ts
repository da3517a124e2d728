import type { Language } from '../../domain/calendar/phrases.ts';

/** The legal basis of something, as the policy of the case gives it. */
export type Basis = {
  /** Name of the parameter of the policy. */
  readonly parameter: string;
  readonly text: string;
  /** How sure the reading is, in words. */
  readonly confidence: string;
  /** The policy says that no text was found. */
  readonly notFound: boolean;
};

/** The limit that governs a step: by which rule, until when, and how that day is counted. */
export type StepLimit = {
  readonly text: string;
  readonly due: string;
  readonly basis: Basis;
  /** How the day is counted, a sentence a step; only where the limit begins, and the count made again comes to the same. */
  readonly counted: readonly string[];
};

/** How a step stands to its limit. */
export type Punctuality = {
  readonly kind: 'STARTS' | 'IN_TIME' | 'LATE' | 'EXPIRED' | 'NO_LIMIT';
  readonly text: string;
};

/** One event told. Times are those of Viet Nam. */
export type NarrativeStep = {
  readonly version: number;
  readonly position: number;
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly when: string;
  readonly who: string;
  readonly what: string;
  readonly basis: Basis;
  readonly limit?: StepLimit;
  readonly punctuality: Punctuality;
};

/** The story of a case as a document, without a form yet; the same events and policy make the same document. */
export type Narrative = {
  readonly language: Language;
  readonly stream: string;
  readonly title: string;
  readonly subtitle: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly steps: readonly NarrativeStep[];
  /** What a reader must know to rely on it. */
  readonly notes: readonly string[];
};
