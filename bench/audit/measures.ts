/** What is measured, in this order; `verifyBundle` reads what `export` wrote. */
export const measures = ['rebuild', 'replay', 'verify', 'export', 'verifyBundle'] as const;
export type Measure = (typeof measures)[number];

/** Events that were gone through, in how many seconds, and the most memory that the process had meanwhile. */
export type Measured = { readonly events: number; readonly seconds: number; readonly peakRssMb: number };
