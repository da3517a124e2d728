/** A history as `historyToJSON` writes it; only what tests look at is typed. */
export type History = { readonly events: readonly HistoryEvent[] };
export type HistoryEvent = { readonly eventType: string } & Readonly<Record<string, unknown>>;
