import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCases } from '../../client/cases.ts';
import { systemActor } from '../../domain/deciding.ts';
import { caseSources } from '../../store/caseSources.ts';
import { readStream } from '../../store/read.ts';
import { issue, send } from '../support/play.ts';
import { c06Officer, changeOf, registrant } from '../support/requests.ts';
import { withWorkers } from '../support/supervise.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const COMMANDS = 5_000;
const LANES = 20;
const KILLS = 4;
const CONTINUE_AFTER = 1_000;

const system = useSystem({
  organisations: 1,
  workers: 0,
  workerEnv: { ORGEID_CONTINUE_AFTER: String(CONTINUE_AFTER) },
});

/**
 * The years of one account: tasks taken and given back, and now and then a lock and an unlock by its owner. Each lane has a task
 * of its own, so that every command is one that the rules allow.
 */
test('an account goes on over thousands of commands, many runs and killed workers; its log is what was acknowledged', async () => {
  const { pool, policy, temporal } = system();
  const sources = await caseSources(pool, policy.version);
  const cases = createCases({ temporal, taskQueue: 'orgeid', sources, continueAfter: CONTINUE_AFTER });
  const acknowledged = new Map<string, number>();

  await withWorkers(system(), 2, async (workers) => {
    await issue({ ...system(), cases }, 1);
    const { rows } = await pool.query<{ stream: string }>(
      `select stream from orgeid.cases where type = 'account'`,
    );
    const account = rows[0]?.stream ?? '';
    await send({ cases }, account, registrant(1), 'ActivateAccount', {});
    for (let lane = 1; lane <= LANES; lane += 1) {
      const data = { change: changeOf(1, `c${lane}`), key: 'code:0', heldBy: 'account-0' };
      await send({ cases }, account, systemActor, 'NoteChangeConflict', data, lane);
    }

    let given = 0;
    const say = async (actor: Parameters<typeof send>[2], type: string, data: object) => {
      given += 1;
      const turn = given;
      const { version } = await send({ cases }, account, actor, type, data, turn);
      acknowledged.set(`${account}/${type}/${turn}`, version);
    };
    const lane = async (number: number) => {
      const officer = c06Officer(number);
      const task = { taskId: `review-change-${number}` };
      while (given < COMMANDS) {
        await say(officer, 'ClaimTask', task);
        await say(officer, 'ReleaseTask', task);
        if (number !== 1 || given % 7 !== 0) continue;
        await say(registrant(1), 'LockOwnAccount', {});
        await say(registrant(1), 'UnlockOwnAccount', {});
      }
    };
    const killer = async () => {
      for (let kill = 1; kill <= KILLS; kill += 1) {
        while (given < (kill * COMMANDS) / (KILLS + 1)) await pause(50);
        while (workers.alive().length === 0) await pause(50);
        workers.alive()[kill % workers.alive().length]?.kill();
      }
    };
    await Promise.all([killer(), ...Array.from({ length: LANES }, (_, i) => lane(i + 1))]);
    expect(workers.deaths()).toBeGreaterThanOrEqual(KILLS);

    const runs: string[] = [];
    for await (const { runId } of temporal.workflow.list({ query: `WorkflowId = '${account}'` }))
      runs.push(runId);
    expect(runs.length).toBeGreaterThan(5);

    const log = await readStream(pool, account);
    const last = new Map(log.map(({ commandId, version }) => [commandId, version]));
    expect(acknowledged.size).toBeGreaterThanOrEqual(COMMANDS);
    for (const [id, version] of acknowledged) expect([id, last.get(id)]).toEqual([id, version]);
    const people = log.filter(({ by, commandId }) => by.id !== systemActor.id && acknowledged.has(commandId));
    const others = log.filter(
      ({ by, commandId }) => by.id !== systemActor.id && !acknowledged.has(commandId),
    );
    expect(new Set(people.map((e) => e.commandId)).size).toBe(acknowledged.size);
    expect(
      others.map((e) => e.type).filter((type) => type.startsWith('Task') || type.startsWith('Lock')),
    ).toEqual([]);

    const claims = [...acknowledged].filter(([id]) => id.includes('/ClaimTask/'));
    for (const [id, version] of [claims[0], claims[Math.floor(claims.length / 2)], claims.at(-1)].flatMap(
      (c) => (c ? [c] : []),
    )) {
      const again = { id, actor: c06Officer(1), type: 'ClaimTask', data: { taskId: 'review-change-1' } };
      expect(await cases.send(account, again)).toEqual({ version });
    }
    expect((await readStream(pool, account)).filter((e) => e.type.startsWith('Task'))).toHaveLength(
      log.filter((e) => e.type.startsWith('Task')).length,
    );
    await expectTruth(system());
  });
});
