/** What one item of the check came to. `NOT_RUN` is neither passed nor failed: it says why, and what would have it run. */
export type ItemStatus = 'PASSED' | 'FAILED' | 'NOT_RUN';

export type ItemReport = {
  /** Stable; one item of docs/guides/adapter-check.md. */
  readonly name: string;
  readonly status: ItemStatus;
  readonly did: string;
  readonly expected: string;
  readonly came: string;
  /** What to do, unless it passed. */
  readonly next?: string;
  readonly ms: number;
};

export type CheckReport = {
  readonly schema: 'adapter-check/1';
  readonly party: string;
  readonly at: string;
  /** No item failed. Items that were not run are counted beside. */
  readonly ok: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly notRun: number;
  readonly items: readonly ItemReport[];
};

export function reportOf(party: string, at: string, items: readonly ItemReport[]): CheckReport {
  const count = (status: ItemStatus) => items.filter((item) => item.status === status).length;
  const [passed, failed, notRun] = [count('PASSED'), count('FAILED'), count('NOT_RUN')];
  return { schema: 'adapter-check/1', party, at, ok: failed === 0, passed, failed, notRun, items };
}

const marks: Readonly<Record<ItemStatus, string>> = { PASSED: 'ok', FAILED: 'FAILED', NOT_RUN: 'not run' };

/** One line for an item, and four more for one that did not pass. */
export function itemLines(item: ItemReport): string[] {
  const { name, status, did, expected, came, next, ms } = item;
  const head = `${marks[status].padEnd(8)} ${name.padEnd(20)} ${(ms / 1_000).toFixed(1).padStart(5)} s  ${status === 'PASSED' ? came : did}`;
  if (status === 'PASSED') return [head];
  const more = status === 'FAILED' ? [`expected  ${expected}`, `came      ${came}`] : [`because   ${came}`];
  if (next !== undefined) more.push(`do        ${next}`);
  return [head, ...more.map((line) => `${' '.repeat(9)}${line}`)];
}

/** The last line: how many passed, failed and were not run. */
export function summaryLine({ party, passed, failed, notRun }: CheckReport): string {
  const rest = notRun === 0 ? '' : `, ${notRun} not run (not counted as passed)`;
  return `${party}: ${passed} passed, ${failed} failed${rest}`;
}
