import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { describe, expect, it } from 'vitest';
import { readHistory, release } from '../../test/histories/releases.ts';
import { evidenceIn, type HistoryEvent } from './evidence.ts';

const recorded = (name: string): readonly HistoryEvent[] =>
  historyFromJSON(readHistory(release, name)).events ?? [];

describe('what a history says about the log', () => {
  it('tells which commands were taken and answered, and what was recorded', async () => {
    const {
      accepted,
      updates,
      recorded: versions,
      policy,
      carriedVersion,
    } = await evidenceIn(recorded('registration-issued'));
    expect(updates.map(({ type }) => type)).toEqual(['FileRequest', 'ProposeIssuance', 'DecideRequest']);
    for (const { commandId, type } of updates)
      expect(commandId).toMatch(new RegExp(`^registration-t\\d+/${type}/1$`));
    expect(accepted).toEqual(updates.map(({ commandId }) => commandId));
    for (const { version } of updates) expect(versions).toContain(version);
    expect([...versions]).toEqual([...versions].sort((a, b) => a - b));
    expect(policy).toMatchObject({ version: 'test/1' });
    expect(carriedVersion).toBe(0);
  });

  it('reads of a workflow that is no case that there is nothing', async () => {
    expect(await evidenceIn(recorded('caretaker'))).toMatchObject({ updates: [], recorded: [], facts: [] });
    expect(await evidenceIn([])).toMatchObject({ accepted: [], carriedVersion: 0 });
  });

  it('knows the versions that a regular activity recorded, and the facts that were read from the log', async () => {
    const payloads = (value: unknown) => ({
      payloads: [
        {
          metadata: { encoding: new TextEncoder().encode('json/plain') },
          data: new TextEncoder().encode(JSON.stringify(value)),
        },
      ],
    });
    const scheduled = (id: number, name: string) =>
      ({
        eventId: id,
        activityTaskScheduledEventAttributes: { activityType: { name } },
      }) as unknown as HistoryEvent;
    const completed = (id: number, result: unknown) =>
      ({
        activityTaskCompletedEventAttributes: { scheduledEventId: id, result: payloads(result) },
      }) as unknown as HistoryEvent;
    const fact = { version: 3, commandId: 'c', type: 'Noted', data: {} };
    const carried = {
      workflowExecutionStartedEventAttributes: { input: payloads({ policy: {}, carried: { version: 2 } }) },
    } as unknown as HistoryEvent;
    const found = await evidenceIn([
      carried,
      scheduled(5, 'record'),
      scheduled(6, 'readAfter'),
      scheduled(7, 'callRegistry'),
      completed(6, [fact]),
      completed(5, { kind: 'recorded', version: 4 }),
      completed(7, { kind: 'recorded', version: 99 }),
      scheduled(8, 'record'),
      completed(8, { kind: 'ahead', events: [{ ...fact, version: 5 }] }),
    ]);
    expect(found).toMatchObject({
      carriedVersion: 2,
      recorded: [4],
      facts: [fact, { ...fact, version: 5 }],
    });
  });
});
