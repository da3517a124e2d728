import { organisationKeys } from '../domain/registration/organisation.ts';
import type { Policy } from '../schemas/policy.ts';
import type { AccountResult, AfterCounts } from './accounts/results.ts';
import { accountTable } from './accounts/table.ts';
import type { BodyResult } from './bodies.ts';
import { type Measure, measure } from './campaign.ts';
import type { Check } from './checks.ts';
import type { RegistryCount } from './disturbances.ts';
import { type Result, storyOf } from './outcomes.ts';
import type { Sample } from './sample.ts';
import {
  bodyTable,
  campaignTable,
  checkTable,
  outcomeCounts,
  outcomeTable,
  pathTable,
  registryTable,
  rejectedTable,
  unitTable,
} from './tables.ts';
import { type TakenAway, takenAwayText } from './take-away.ts';
import { steps, timeline, timelineText } from './timeline.ts';

export type Run = {
  readonly results: readonly Result[];
  readonly accounts: readonly AccountResult[];
  readonly counts: AfterCounts;
  readonly registries: Readonly<Record<string, RegistryCount>>;
  readonly bodies: readonly BodyResult[];
  readonly takenAway: TakenAway;
  readonly checks: readonly Check[];
  readonly logHead: number;
  readonly streamLastSequence: number;
  readonly seconds: number;
};

/** The last line of `--json`. */
export type Summary = {
  readonly organisations: number;
  readonly requests: number;
  readonly rejectedRows: Sample['rejected'];
  readonly outcomes: Readonly<Record<string, number>>;
  readonly paths: Readonly<
    Record<
      string,
      { readonly requests: number; readonly outcomes: readonly string[]; readonly asExpected: boolean }
    >
  >;
  readonly issued: number;
  readonly activated: number;
  readonly accounts: Readonly<Record<string, { readonly status: string; readonly asExpected: boolean }>>;
  readonly registries: Run['registries'];
  readonly bodies: Run['bodies'];
  readonly campaign: readonly Measure[];
  readonly events: number;
  readonly logHead: number;
  readonly streamLastSequence: number;
  readonly checks: Readonly<Record<string, boolean>>;
  readonly seconds: number;
} & AfterCounts;

export const passed = (run: Run): boolean => run.checks.every((check) => check.holds);

function pathSummaries(results: readonly Result[]): Summary['paths'] {
  const names = [...new Set(results.map((result) => result.entry.path))].sort();
  return Object.fromEntries(
    names.map((name) => {
      const own = results.filter((result) => result.entry.path === name);
      const outcomes = [...new Set(own.map((result) => result.outcome))];
      const asExpected = own.every((result) => result.lacking.length === 0);
      return [name, { requests: own.length, outcomes, asExpected }];
    }),
  );
}

/** Numbers of a run, for machines. `requests`: rows that were taken from the files; some organisations file twice. `seconds`: engines' start included. */
export function summary(sample: Sample, run: Run): Summary {
  const { results, accounts, counts, checks, logHead, streamLastSequence, seconds } = run;
  return {
    organisations: new Set(results.flatMap(({ entry }) => organisationKeys(entry.dossier)[0] ?? [])).size,
    requests: results.length,
    rejectedRows: sample.rejected,
    outcomes: outcomeCounts(results),
    paths: pathSummaries(results),
    issued: results.filter((r) => r.issued).length,
    activated: results.filter((r) => r.activated).length,
    accounts: Object.fromEntries(
      accounts.map(({ name, status, lacking }) => [
        name,
        { status: status ?? 'NONE', asExpected: lacking.length === 0 },
      ]),
    ),
    ...counts,
    registries: run.registries,
    bodies: run.bodies,
    campaign: measure(sample.campaign, results),
    events: logHead,
    logHead,
    streamLastSequence,
    checks: Object.fromEntries(checks.map(({ name, holds }) => [name, holds])),
    seconds,
  };
}

/** The same for people. */
export function reportText(sample: Sample, run: Run, policy: Policy): string {
  const { results, accounts, counts, checks } = run;
  const story = storyOf(results);
  const nameOf = (unit: string) => sample.units.place(unit).name;
  const sections: [string, string][] = [
    ['Kết quả theo tình huống / By storyline', pathTable(results)],
    ['Kết quả / By outcome', outcomeTable(results)],
    ['Theo đơn vị tiếp nhận / By reception unit', unitTable(results, nameOf)],
    ['Cơ sở dữ liệu được hỏi / Registries asked', registryTable(run.registries)],
    ['Hỏi cơ quan khác / Verifications between bodies', bodyTable(run.bodies)],
    ['Sau khi kích hoạt / Afterwards', accountTable(accounts, counts)],
    ['Dòng bị loại / Rows not taken', rejectedTable(sample.rejected)],
    ['Chiến dịch / The campaign', campaignTable(sample.campaign, measure(sample.campaign, results))],
    [
      `Diễn biến hồ sơ / The story of ${story?.entry.id}: ${story?.entry.dossier.organisation.nameVi}`,
      timelineText(timeline(steps(story?.events ?? []), policy)),
    ],
    ['Mang bằng chứng đi / The proof taken away', takenAwayText(run.takenAway)],
    ['Kiểm tra / Checks', checkTable(checks)],
  ];
  return sections.map(([title, body]) => `\n■ ${title}\n\n${body}\n`).join('');
}
