import { expect, test } from 'vitest';
import { createCases } from '../../client/cases.ts';
import { caseSources } from '../../store/caseSources.ts';
import { readStream } from '../../store/read.ts';
import { file, send, streamOf } from '../support/play.ts';
import { officer } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const system = useSystem({ organisations: 2, absent: new Set([1]) });
const CONTINUE_AFTER = 60;
const TURNS = 40;

test('a case that lives long goes on over many runs; each command is in its log once, also when sent again later', async () => {
  const { pool, policy, temporal } = system();
  const sources = await caseSources(pool, policy.version);
  const cases = createCases({ temporal, taskQueue: 'orgeid', sources, continueAfter: CONTINUE_AFTER });
  const stream = streamOf(1);
  await file({ cases }, 1);
  await system().watch.untilStatus(stream, 'LOCAL_VERIFICATION');
  const answers: number[] = [];
  for (let turn = 1; turn <= TURNS; turn += 1) {
    const taskId = 'verify-1';
    answers.push((await send({ cases }, stream, officer(turn), 'ClaimTask', { taskId }, turn)).version);
    await send({ cases }, stream, officer(turn), 'ReleaseTask', { taskId }, turn);
  }
  const runs: string[] = [];
  for await (const { runId } of temporal.workflow.list({ query: `WorkflowId = '${stream}'` }))
    runs.push(runId);
  expect(runs.length).toBeGreaterThan(2);

  const before = await readStream(pool, stream);
  expect(before.filter((e) => e.type === 'TaskClaimed')).toHaveLength(TURNS);
  const again = await send({ cases }, stream, officer(1), 'ClaimTask', { taskId: 'verify-1' }, 1);
  expect(again.version).toBe(answers[0]);
  expect(await readStream(pool, stream)).toEqual(before);
  await expectTruth(system());
});
