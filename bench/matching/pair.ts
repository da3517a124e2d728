import type { RecordValues } from '../../schemas/registry.ts';

/**
 * What is true of a pair, known without the matcher. `same`: both say the same of the same organisation, however it is written.
 * `different`: another organisation, or the same one of which one side is out of date (moved, renamed, other representative).
 * `unclear`: the records alone do not tell.
 */
export type Label = 'same' | 'different' | 'unclear';

export type Pair = {
  readonly id: string;
  /** Which kinds of difference there are. */
  readonly kind: string;
  readonly label: Label;
  readonly declared: RecordValues;
  readonly registry: RecordValues;
  readonly reason?: string;
};
