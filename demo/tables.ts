import type { BodyResult } from './bodies.ts';
import type { Campaign, Measure } from './campaign.ts';
import type { Check } from './checks.ts';
import type { RegistryCount } from './disturbances.ts';
import type { Result } from './outcomes.ts';
import type { RejectedRow } from './read-organisations.ts';

type Cell = string | number;

/** Columns padded to their widest cell; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const all = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, i) => Math.max(...all.map((row) => [...(row[i] ?? '')].length)));
  const isNumber = head.map((_, i) => rows.every((row) => typeof row[i] === 'number'));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => {
        const gap = ' '.repeat((widths[i] ?? 0) - [...cell].length);
        return isNumber[i] ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  return [line(head), rule, ...rows.map((row) => line(row.map(String)))].join('\n');
}

const count = <T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

/** How many requests came to which end. */
export function outcomeCounts(results: readonly Result[]): Record<string, number> {
  const groups = [...count(results, (r) => r.outcome)].map(([name, list]) => [name, list.length] as const);
  return Object.fromEntries(groups.sort(([, one], [, other]) => other - one));
}

/** Storyline, how many play it, where it led, and whether that is where it should. */
export function pathTable(results: readonly Result[]): string {
  const rows = [...count(results, (r) => r.entry.path)].map(([path, list]) => [
    path,
    list.length,
    [...new Set(list.map((r) => r.outcome))].join(', '),
    list.every((r) => r.lacking.length === 0) ? 'yes' : 'NO',
  ]);
  return table(
    ['Storyline', 'Requests', 'Outcome', 'As expected'],
    rows.sort((one, other) => Number(other[1]) - Number(one[1])),
  );
}

export function outcomeTable(results: readonly Result[]): string {
  return table(['Outcome', 'Requests'], Object.entries(outcomeCounts(results)));
}

/** By reception unit. */
export function unitTable(results: readonly Result[], nameOf: (unit: string) => string): string {
  const rows = [...count(results, (r) => r.reception)].map(([unit, list]): Cell[] => {
    const of = (holds: (result: Result) => boolean) => list.filter(holds).length;
    return [
      nameOf(unit),
      list.length,
      of((r) => r.submitted),
      of((r) => r.issued),
      of((r) => r.activated),
      of((r) => r.outcome === 'REFUSED'),
    ];
  });
  rows.sort((one, other) => String(one[0]).localeCompare(String(other[0]), 'vi'));
  return table(['Reception unit', 'Requests', 'Registered', 'Issued', 'Activated', 'Refused'], rows);
}

/** Which body was asked about which row, what came of it, and who answered. */
export const bodyTable = (bodies: readonly BodyResult[]): string =>
  table(
    ['Row', 'Body', 'Outcome', 'Answered by'],
    bodies.map(({ row, body, outcome, by }) => [row, body, outcome, by.join(', ')]),
  );

/** How often each registry was asked, and what befell it. */
export const registryTable = (registries: Readonly<Record<string, RegistryCount>>): string =>
  table(
    ['Registry', 'Asked', 'Befell'],
    Object.entries(registries).map(([registry, { asked, befell = '–' }]) => [registry, asked, befell]),
  );

export function rejectedTable(rejected: readonly RejectedRow[]): string {
  const rows = rejected.flatMap(({ code, file, line, problems }) =>
    problems.map(({ column, why }) => [`${file}:${line}`, column, code, why]),
  );
  return table(['Row', 'Column', 'Code', 'Why'], rows);
}

const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`;

export function campaignTable(campaign: Campaign, measures: readonly Measure[]): string {
  const rows = measures.map((m): Cell[] => [
    m.title,
    m.before,
    m.listed,
    m.registered,
    m.issued,
    m.activated,
    share(m.activated, m.listed),
    m.reducible,
    share(m.activated, m.listed - m.reducible),
  ]);
  const head = [
    'Group',
    'Before',
    'Listed',
    'Registered',
    'Issued',
    'ACTIVATED',
    'Of listed',
    'Reducible',
    'After reduction',
  ];
  const { baseline, basis, targetNote } = campaign;
  return [
    campaign.name,
    `Căn cứ: ${basis.map(({ number, date }) => `${number} (${date})`).join(' → ')}`,
    `Trước: ${baseline.activated} ${baseline.of} đã kích hoạt tính đến ${baseline.on}`,
    `${targetNote} / The dispatch gives no number; counted against those listed.`,
    '',
    table(head, rows),
  ].join('\n');
}

export function checkTable(checks: readonly Check[]): string {
  return table(
    ['Check', 'Holds', 'What failed'],
    checks.map(({ name, holds, why }) => [name, holds ? 'yes' : 'NO', why]),
  );
}
