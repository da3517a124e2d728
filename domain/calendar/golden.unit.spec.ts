import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parseReceivedAt } from '../../cli/deadline/received-at.ts';
import { loadCalendar } from '../../policies/calendar/load.ts';
import { Limit } from '../../schemas/policy.ts';
import { dueDate } from './due-date.ts';

const calendar = loadCalendar();
const examples: Record<string, string>[] = parse(readFileSync(new URL('golden.csv', import.meta.url)), {
  columns: true,
});

describe('the golden table of due dates', () => {
  it('has more than forty examples', () => {
    expect(examples.length).toBeGreaterThan(40);
  });

  it.each(examples)('$id: $received_at + $limit $unit is $expected_due_on ($because)', (example) => {
    const receivedAt = parseReceivedAt(example.received_at ?? '', calendar.offsetMinutes) ?? Number.NaN;
    const limit = Limit.parse({ amount: Number(example.limit), unit: example.unit });
    expect(dueDate(calendar, { receivedAt, limit }).dueOn).toBe(example.expected_due_on);
  });
});
