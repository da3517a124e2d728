/** Task queue of the hand-written workflows. */
export const BENCH_QUEUE = 'orgeid-bench';
