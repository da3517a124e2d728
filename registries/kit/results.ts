import type { RecordField, RefusalReason, RegistryStatus, UnavailableCause } from '../../schemas/registry.ts';

/** What a look-up came to. Times are the registry's own; without one the adapter's clock is taken. */
export type LookupResult =
  | ({ readonly outcome: 'FOUND' } & Found)
  | { readonly outcome: 'NOT_FOUND'; readonly reference: string; readonly answeredAt?: string }
  | {
      readonly outcome: 'REFUSED';
      readonly reason: RefusalReason;
      readonly detail?: string | undefined;
      readonly reference?: string;
      readonly answeredAt?: string;
    }
  | {
      readonly outcome: 'UNAVAILABLE';
      readonly detail: string;
      readonly cause?: UnavailableCause;
      readonly retryAfterMs?: number | undefined;
    };

type Found = {
  /** The registry's own reference for its answer; people quote it. */
  readonly reference: string;
  readonly status: RegistryStatus;
  /** `YYYY-MM-DD` */
  readonly statusSince?: string | undefined;
  /** The fields that were asked for; what is not held is left out, or undefined or null. */
  readonly values: { readonly [F in RecordField]?: string | null | undefined };
  readonly answeredAt?: string;
};

export type DeliveryResult = {
  /** `DELIVERED`: received by the addressee. */
  readonly outcome: 'DELIVERED' | 'FAILED';
  readonly reference: string;
  readonly at?: string;
  readonly detail?: string;
};

/** The registry has the record. */
export const found = (record: Found): LookupResult => ({ outcome: 'FOUND', ...record });

/** The registry looked and has no such record. Never for a look-up that did not come to an end. */
export const notFound = (reference: string): LookupResult => ({ outcome: 'NOT_FOUND', reference });

/** The registry will not answer this question, now or later: a person has to look. `detail` says nothing of persons. */
export const refused = (reason: RefusalReason, detail?: string): LookupResult => ({
  outcome: 'REFUSED',
  reason,
  detail,
});

/** The registry cannot answer at present; the question comes again, after so many ms where it says so. */
export const tryLater = (detail: string, retryAfterMs?: number): LookupResult => ({
  outcome: 'UNAVAILABLE',
  cause: 'BUSY',
  detail,
  retryAfterMs,
});
