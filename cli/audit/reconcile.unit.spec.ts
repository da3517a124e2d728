import { describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { discrepancyLine, summaryLines } from './reconcileLines.ts';

describe('orgeid audit reconcile', () => {
  it.each([[['--only', 'everything']], [['--settle', 'soon']], [['--late-after', '-1']], [['--unknown']]])(
    'refuses %j as bad input',
    async (args) => {
      expect(await main(['audit', 'reconcile', ...args])).toBe(2);
    },
  );

  it('says where, what, and which values', () => {
    const line = discrepancyLine({
      source: 'WORKFLOW',
      kind: 'OPEN_CASE_WORKFLOW_ENDED',
      detail: 'the case is open and its workflow is over',
      stream: 'registration-1',
      run: 'r1',
      expected: 'RUNNING',
      found: 'TERMINATED',
    });
    expect(line).toBe(
      'WORKFLOW  OPEN_CASE_WORKFLOW_ENDED  registration-1 run r1  the case is open and its workflow is over (expected RUNNING, found TERMINATED)',
    );
  });

  it('sums up what was compared', () => {
    const lines = summaryLines({
      startedAt: '2025-03-03T01:00:00.000Z',
      finishedAt: '2025-03-03T01:00:09.000Z',
      head: 12,
      differences: 1,
      sources: {
        LOG: { differences: 0, counted: { events: 12 } },
        READ_MODEL: { differences: 1, counted: {} },
      },
    });
    expect(lines).toEqual([
      'LOG         nothing differs · events 12',
      'READ_MODEL  1 differ',
      '1 differences. Log up to position 12, 2025-03-03T01:00:00.000Z to 2025-03-03T01:00:09.000Z.',
    ]);
  });
});
