const LONGEST_MS = 2_147_483_647;

/**
 * A signal that is aborted after so many ms, when the process begins to stop, or when `onClose` calls; then it holds on to nothing.
 */
export function endingAt(
  afterMs: number,
  stopping: AbortSignal,
  onClose: (end: () => void) => void,
): AbortSignal {
  const ended = new AbortController();
  const end = (): void => {
    clearTimeout(timer);
    stopping.removeEventListener('abort', end);
    ended.abort();
  };
  const timer = setTimeout(end, Math.min(Math.max(afterMs, 0), LONGEST_MS));
  stopping.addEventListener('abort', end);
  onClose(end);
  if (stopping.aborted) end();
  return ended.signal;
}
