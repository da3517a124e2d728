const KEPT_MS = 15_000;

/** A reading that is made anew at most every 15 s, however often it is asked for. One that fails gives nothing, and is tried again. */
export function kept<T>(
  read: () => Promise<T>,
  now: () => number,
  failed: (error: unknown) => void,
): () => Promise<T | undefined> {
  let last: Promise<T | undefined> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (!last || now() - readAt > KEPT_MS) {
      readAt = now();
      last = read().catch((error: unknown) => {
        failed(error);
        readAt = Number.NEGATIVE_INFINITY;
        return undefined;
      });
    }
    return last;
  };
}
