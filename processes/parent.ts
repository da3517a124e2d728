/**
 * With `ORGEID_GUARDED` set, the process ends when the pipe on its standard input closes: its parent is gone, however it
 * went.
 */
export function endWithParent(stop: AbortController): void {
  if (process.env.ORGEID_GUARDED === undefined) return;
  process.stdin.resume();
  process.stdin.once('close', () => {
    stop.abort();
    setTimeout(() => process.exit(1), 5_000).unref();
  });
}
