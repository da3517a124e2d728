/** Epoch ms of an ISO instant. */
export const toMs = (instant: string): number => Date.parse(instant);

/** ISO instant in UTC of epoch ms. */
export const toInstant = (ms: number): string => new Date(ms).toISOString();
