import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import pino from 'pino';
import { expect, test } from 'vitest';
import { workflowBundle } from '../../workers/bundle.ts';
import * as workflows from '../../workflows/index.ts';
import { installTelemetry } from '../../workers/telemetry.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const silent = pino({ level: 'silent' });
installTelemetry(silent, undefined);
const bundle = workflowBundle(silent);

const replay = async (history: unknown) =>
  Worker.runReplayHistory({ workflowBundle: await bundle, replayName: 'recorded' }, history);

test('there is a recorded history of every workflow', () => {
  const kinds = Object.keys(workflows);
  expect(kinds.filter((kind) => !names.some((name) => name.startsWith(kind)))).toEqual([]);
});

test.each(names)('%s replays against today’s workflows, with no server', async (name) => {
  await replay(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
});

test('a history that these workflows would not have made is refused', async () => {
  const text = readFileSync(`${folder}/registration-issued.json`, 'utf8');
  const { events } = JSON.parse(text) as { events: { activityTaskScheduledEventAttributes?: { activityId: string } }[] };
  const asked = events.find((event) => event.activityTaskScheduledEventAttributes);
  if (asked?.activityTaskScheduledEventAttributes) asked.activityTaskScheduledEventAttributes.activityId = 'another';
  await expect(replay({ events })).rejects.toThrow(/nondeterminism|DeterminismViolation|TMPRL1100/i);
});
