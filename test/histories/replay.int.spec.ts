import { describe, expect, test } from 'vitest';
import { workflowBundle } from '../../workers/bundle.ts';
import * as workflows from '../../workflows/index.ts';
import { namesIn, readHistory, readIndex, release, releases } from './releases.ts';
import { NONDETERMINISM, replayAll, silent } from './replay.ts';
import { pointsOf } from './standing.ts';
import { pointsMet } from './waits.ts';
import { everyWay, waysOf } from './ways.ts';

const bundle = workflowBundle(silent);
const present = Object.values(readIndex(release));

test('this release has a recorded history of every workflow', () => {
  const recorded = new Set(present.map(({ workflow }) => workflow));
  expect(Object.keys(workflows).filter((kind) => !recorded.has(kind))).toEqual([]);
});

test('this release has a history recorded in every state in which a case waits', () => {
  const recorded = new Set(
    present.flatMap(({ workflow, standing }) =>
      standing ? pointsOf(standing).map((point) => `${workflow}: ${point}`) : [],
    ),
  );
  expect(pointsMet().filter((point) => !recorded.has(point))).toEqual([]);
});

test('this release has a history of every way in which a workflow comes to where it stands', () => {
  const shown = new Set(namesIn(release).flatMap((name) => waysOf(readHistory(release, name))));
  expect(everyWay.filter((way) => !shown.has(way))).toEqual([]);
});

test.each(releases())('the index of release %s names the histories that are there', (of) => {
  expect(Object.keys(readIndex(of)).sort()).toEqual([...namesIn(of)].sort());
});

describe.each(releases())('release %s', (of) => {
  const replayed = bundle.then((built) =>
    replayAll(
      built,
      namesIn(of).map((name) => ({ name, history: readHistory(of, name) })),
    ),
  );

  test.each(namesIn(of))('%s replays against today’s workflows, with no server', async (name) => {
    expect((await replayed).get(name)).toBeUndefined();
  });
});

test('a history that these workflows would not have made is refused', async () => {
  const { events } = structuredClone(readHistory(release, 'registration-issued'));
  const asked = events.find((event) => 'activityTaskScheduledEventAttributes' in event);
  Object.assign(asked?.activityTaskScheduledEventAttributes ?? {}, { activityId: 'another' });
  const refused = await replayAll(await bundle, [{ name: 'altered', history: { events } }]);
  expect(refused.get('altered')?.message).toMatch(NONDETERMINISM);
});
