import type { Discrepancy } from '../../audit/reconcile/discrepancy.ts';
import type { ReconcileSummary } from '../../audit/reconcile/reconcile.ts';

/** `WORKFLOW  OPEN_CASE_WORKFLOW_ENDED  registration-1  the case is open and its workflow is over (expected RUNNING, found TERMINATED)` */
export function discrepancyLine(one: Discrepancy): string {
  const { source, kind, detail, stream, position, version, commandId, run } = one;
  const place = [
    ...(position === undefined ? [] : [`position ${position}`]),
    ...(stream === undefined ? [] : [stream]),
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(commandId === undefined ? [] : [`command ${commandId}`]),
    ...(run === undefined ? [] : [`run ${run}`]),
  ];
  return [source, kind, place.join(' '), `${detail}${valuesOf(one)}`].filter(Boolean).join('  ');
}

function valuesOf({ expected, found }: Discrepancy): string {
  const values = [
    ...(expected === undefined ? [] : [`expected ${textOf(expected)}`]),
    ...(found === undefined ? [] : [`found ${textOf(found)}`]),
  ];
  return values.length === 0 ? '' : ` (${values.join(', ')})`;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A line for each comparison and one for all. */
export function summaryLines({
  sources,
  startedAt,
  finishedAt,
  head,
  differences,
}: ReconcileSummary): string[] {
  const lines = Object.entries(sources).map(([source, { differences, counted }]) => {
    const counts = Object.entries(counted).map(([name, count]) => `${name} ${count}`);
    return `${source.padEnd(10)}  ${differences === 0 ? 'nothing differs' : `${differences} differ`}${
      counts.length === 0 ? '' : ` · ${counts.join(', ')}`
    }`;
  });
  const total = differences === 0 ? 'Nothing differs.' : `${differences} differences.`;
  return [...lines, `${total} Log up to position ${head}, ${startedAt} to ${finishedAt}.`];
}
