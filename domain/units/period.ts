/** A period of calendar days `YYYY-MM-DD`; both ends belong to it. */
export type Period = { readonly validFrom: string; readonly validTo?: string | undefined };

/** Sorts behind every date. */
const openEnd = '9999-12-31';

export const endOf = ({ validTo }: Period): string => validTo ?? openEnd;

export const holdsOn = (period: Period, on: string): boolean => period.validFrom <= on && on <= endOf(period);

export const overlap = (a: Period, b: Period): boolean => a.validFrom <= endOf(b) && b.validFrom <= endOf(a);
