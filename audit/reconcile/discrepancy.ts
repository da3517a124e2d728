/** Where a difference shows. The log is the record: what differs from it is named after the other side. */
export const sources = ['LOG', 'DELIVERY', 'WORKFLOW', 'READ_MODEL'] as const;
export type Source = (typeof sources)[number];

/** What may differ in each source; the codes are stable. docs/guides/operations.md says what each means and what to do. */
export const kinds = {
  LOG: [
    'POSITION_MISSING',
    'LINK_BROKEN',
    'CONTENT_CHANGED',
    'COLUMNS_CHANGED',
    'HEAD_DIFFERS',
    'VERSION_MISSING',
    'POLICY_UNKNOWN',
    'POLICY_CHANGED',
    'UNREADABLE',
  ],
  DELIVERY: [
    'STREAM_MISSING',
    'MESSAGE_MISSING',
    'MESSAGE_DIFFERS',
    'MESSAGE_DUPLICATED',
    'MESSAGE_WITHOUT_EVENT',
    'DELIVERY_LATE',
    'STATUS_BEHIND',
    'STATUS_MISSING',
    'STATUS_DIFFERS',
    'STATUS_NOBODYS',
    'UNREADABLE',
  ],
  WORKFLOW: [
    'OPEN_CASE_WITHOUT_WORKFLOW',
    'OPEN_CASE_WORKFLOW_ENDED',
    'CLOSED_CASE_WITHOUT_WORKFLOW',
    'CLOSED_CASE_WORKFLOW_RUNNING',
    'CLOSED_CASE_WORKFLOW_NOT_COMPLETED',
    'WORKFLOW_WITHOUT_LOG',
    'UPDATE_WITHOUT_EVENTS',
    'UPDATE_VERSION_DIFFERS',
    'RECORDED_EVENT_MISSING',
    'KNOWN_EVENT_DIFFERS',
    'EVENT_UNKNOWN_TO_WORKFLOW',
    'PINNED_POLICY_DIFFERS',
    'UNREADABLE',
  ],
  READ_MODEL: [
    'CASE_DIFFERS',
    'TASK_DIFFERS',
    'CLAIM_DIFFERS',
    'PLACE_DIFFERS',
    'SEARCH_DIFFERS',
    'COUNT_DIFFERS',
    'UNREADABLE',
  ],
} as const satisfies Record<Source, readonly string[]>;

export type KindOf<S extends Source> = (typeof kinds)[S][number];

/** One difference. `expected`: what follows from the log; `found`: what stands there. Neither holds personal data. */
export type Discrepancy = {
  readonly source: Source;
  readonly kind: KindOf<Source>;
  readonly detail: string;
  readonly stream?: string;
  readonly position?: number;
  readonly version?: number;
  readonly commandId?: string;
  /** Run of the workflow in whose history it shows. */
  readonly run?: string;
  readonly expected?: unknown;
  readonly found?: unknown;
};

/** How much was compared, and what was left out, by name. */
export type Counted = Readonly<Record<string, number>>;

/** Differences one by one; what was counted at the end. */
export type Comparison = AsyncGenerator<Discrepancy, Counted>;

/** Whether two looks saw the same difference. */
export const identityOf = ({ expected: _, found, detail: __, ...place }: Discrepancy): string =>
  JSON.stringify([place, found]);
