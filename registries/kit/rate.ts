/**
 * Spaces calls evenly. The returned function takes the time (ms) of a call and gives how long it has to wait (ms).
 * Without a rate nobody waits.
 */
export function evenly(perSecond: number | undefined): (now: number) => number {
  if (perSecond === undefined) return () => 0;
  const gap = 1_000 / perSecond;
  let free = Number.NEGATIVE_INFINITY;
  return (now) => {
    const start = Math.max(now, free);
    free = start + gap;
    return start - now;
  };
}
