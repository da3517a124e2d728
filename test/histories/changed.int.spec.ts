import { beforeAll, describe, expect, test } from 'vitest';
import { type Change, compileChanged } from './changed/compile.ts';
import {
  asksInAnotherOrder,
  decidesMore,
  decidesOtherwise,
  readsFirst,
  readsFirstPatched,
  sleepsForEver,
  tellsItsState,
} from './changed/variants.ts';
import { foldOf } from './fold.ts';
import { namesIn, readHistory, readIndex, readLogs, release, releases } from './releases.ts';
import { type Named, NONDETERMINISM, replayAll, replayedStates } from './replay.ts';
import { appends } from './ways.ts';

const historiesOf = (of: string): Named[] =>
  namesIn(of).map((name) => ({ name, history: readHistory(of, name) }));
const every = releases().flatMap(historiesOf);
const index = readIndex(release);
const cases = historiesOf(release).filter(({ name }) => index[name]?.standing);

/** Names of the histories that do not belong to the changed workflows, each with the reason that the SDK gives. */
async function refused(histories: readonly Named[], change: Change): Promise<readonly string[]> {
  const errors = await replayAll(await compileChanged(change), histories);
  for (const [name, error] of errors) expect(error.message, name).toMatch(NONDETERMINISM);
  return [...errors.keys()];
}

describe('an incompatible change is caught', () => {
  test('one more activity before an append: by every run that has appended something', async () => {
    const appended = cases.filter(({ history }) => appends(history)).map(({ name }) => name);
    expect(appended.length).toBeGreaterThan(80);
    expect([...(await refused(cases, readsFirst))].sort()).toEqual(appended.sort());
  });

  test('a timer that is no longer started: by every case that waits with a deadline', async () => {
    const caught = new Set(await refused(cases, sleepsForEver));
    const timed = cases.filter(({ name }) => index[name]?.standing?.deadline !== undefined);
    expect(timed.length).toBeGreaterThan(20);
    expect(timed.filter(({ name }) => !caught.has(name)).map(({ name }) => name)).toEqual([]);
  });

  test('effects in another order: by the requests that ask several registries at once, and no other', async () => {
    const caught = await refused(cases, asksInAnotherOrder);
    expect(caught).toContain('registration-issued');
    expect(caught.filter((name) => !name.startsWith('registration'))).toEqual([]);
  });

  test('a rule that decides on more events than were recorded: by the cases that it decided', async () => {
    const caught = await refused(cases, decidesMore);
    expect(caught).toContain('registration-supplement-asked');
    expect(caught.filter((name) => !name.startsWith('registration'))).toEqual([]);
  });
});

test('the same change under a patch suits every history there is', async () => {
  expect(await refused(every, readsFirstPatched)).toEqual([]);
});

test('a change of what is no longer there to be changed is said to be one', async () => {
  const gone: Change = { file: 'workflows/case.ts', edits: [['was never there', '']] };
  await expect(compileChanged(gone)).rejects.toThrow(/compil|Webpack/i);
});

describe('what a case comes to by replay is the fold of what the log held', () => {
  let states: ReadonlyMap<string, unknown>;
  beforeAll(async () => {
    states = await replayedStates(await compileChanged(tellsItsState), cases);
  });

  test.each(cases.map(({ name }) => name))('%s', (name) => {
    const log = readLogs(release)[name];
    expect(log).toBeDefined();
    if (log) expect(states.get(name)).toEqual(foldOf(log));
  });

  test('and a rule that decides otherwise than it did shows there, where no command of a workflow tells', async () => {
    expect(await refused(cases, decidesOtherwise)).toEqual([]);
    const bundle = await compileChanged(tellsItsState, decidesOtherwise);
    const otherwise = await replayedStates(bundle, cases);
    const name = 'registration-supplement-asked';
    const log = readLogs(release)[name];
    expect(otherwise.get(name)).not.toEqual(log && foldOf(log));
  });
});
