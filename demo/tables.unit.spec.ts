import { expect, it } from 'vitest';
import { measure } from './campaign.ts';
import { lackingOf, missingInOrder, type Result } from './outcomes.ts';
import { expectedOf, type Outcome, type Path } from './paths.ts';
import { progress } from './progress.ts';
import { readSample } from './sample.ts';
import {
  campaignTable,
  checkTable,
  outcomeCounts,
  pathTable,
  rejectedTable,
  table,
  unitTable,
} from './tables.ts';

const sample = await readSample();

const result = (path: Path, outcome: Outcome, more: Partial<Result> = {}): Result => {
  const entry = sample.entries.find((each) => each.path === path);
  if (!entry) throw new Error(path);
  const issued = outcome.startsWith('ACTIVAT') || outcome === 'ISSUED';
  const activated = outcome === 'ACTIVATED' || outcome === 'ACTIVATED_BY_CALL_CENTRE';
  const submitted = outcome !== 'NOT_TAKEN' && outcome !== 'WAITS_FOR_REGISTRANT';
  return {
    entry,
    outcome,
    events: [],
    met: [],
    reception: entry.reception,
    submitted,
    issued,
    activated,
    lacking: [],
    ...more,
  };
};

it('columns are as wide as their widest cell, with numbers to the right', () => {
  expect(
    table(
      ['Đơn vị', 'n'],
      [
        ['xã', 5],
        ['thị trấn', 12],
      ],
    ).split('\n'),
  ).toEqual(['Đơn vị     n', '────────────', 'xã         5', 'thị trấn  12']);
});

it('outcomes are counted by name, the most frequent first', () => {
  const results = [
    result('dissolved', 'REFUSED'),
    result('direct match', 'ACTIVATED'),
    result('local pass', 'ACTIVATED'),
  ];
  expect(Object.entries(outcomeCounts(results))).toEqual([
    ['ACTIVATED', 2],
    ['REFUSED', 1],
  ]);
});

it('a storyline that did not lead where it should is shown', () => {
  const text = pathTable([result('dissolved', 'ACTIVATED', { lacking: ['REFUSED (found ACTIVATED)'] })]);
  expect(text).toMatch(/dissolved +1 +ACTIVATED +NO/);
});

it('units are shown by name with what became of their requests', () => {
  const text = unitTable([result('direct match', 'ACTIVATED')], () => 'Công an xã Thử');
  expect(text).toMatch(/Công an xã Thử +1 +1 +1 +1 +0/);
});

it('a rejected row is shown with file, line, column and code', () => {
  const text = rejectedTable(sample.rejected);
  expect(text).toMatch(/organisations-broken\.csv:2 +name_vi +EID_ERR_CSV_ROW +not UTF-8/);
});

it('the measure counts activated apart from issued and registered, and shows what a reduction would change', () => {
  const results = [
    result('direct match', 'ACTIVATED'),
    result('activation overdue', 'ACTIVATION_OVERDUE'),
    result('foreign representative', 'REFUSED'),
    result('duplicate', 'NOT_TAKEN'),
  ];
  const [companies, others] = measure(sample.campaign, results);
  expect(companies).toMatchObject({ listed: 3, registered: 3, issued: 2, activated: 1, reducible: 1 });
  expect(others).toMatchObject({ listed: 0, activated: 0 });
  const text = campaignTable(sample.campaign, measure(sample.campaign, results));
  expect(text).toContain('118 doanh nghiệp và hợp tác xã đã kích hoạt tính đến 2025-04-01');
  expect(text).toContain('33 %');
  expect(text).toContain('50 %');
});

it('a check that fails is shown with what failed', () => {
  expect(checkTable([{ name: 'hashChainWhole', holds: false, why: 'HASH at 7' }])).toMatch(
    /hashChainWhole +NO +HASH at 7/,
  );
});

it('what a storyline lacks is named: outcome, the first event out of order, reason, refusal', () => {
  expect(missingInOrder(['A', 'B', 'A'], ['A', 'x', 'B'])).toBe('A');
  expect(missingInOrder(['A', 'B'], ['A', 'x', 'B'])).toBeUndefined();
  const found = {
    outcome: 'REFUSED' as const,
    types: ['RequestRefused'],
    reasons: ['NOT_ELIGIBLE'],
    met: [],
  };
  expect(lackingOf(expectedOf('foreign representative'), found)).toEqual([
    'reason FOREIGN_REP_WITHOUT_EID',
    'refusal EID_ERR_DOSSIER_NOT_VALID',
  ]);
  expect(lackingOf(expectedOf('direct match'), found)).toEqual([
    'ACTIVATED (found REFUSED)',
    'event RequestAccepted',
  ]);
});

it('a line of progress counts what the log shows', () => {
  const shown = progress();
  for (const type of ['DossierDrafted', 'DossierDrafted', 'AccountIssued', 'TaskOpened'])
    shown.take({ type });
  expect(shown.line(4)).toMatch(/4 s {2}filed 2 .* issued 1 .* events 4$/);
});
