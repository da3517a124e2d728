import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureSingletons, type Rhythms } from '../../workers/singletons.ts';
import { useEngines } from '../support/engines.ts';

const rhythms: Rhythms = {
  caretakerEveryMs: 60_000,
  auditReconciliationEveryMs: 3_600_000,
  checkpoint: { lookMs: 15_000, due: { grownBy: 1_000, olderThanMs: 300_000 } },
};

describe('what runs once in the whole system', () => {
  const engines = useEngines(['temporal']);
  let connection: Connection;
  let client: Client;

  beforeAll(async () => {
    connection = await Connection.connect({ address: engines().temporal.address });
    client = new Client({ connection });
    await ensureSingletons(client, 'orgeid', rhythms);
  });
  afterAll(() => connection.close());

  const standing = async (name: string) => {
    const { spec, action, state, info } = await client.schedule.getHandle(name).describe();
    const every = spec.intervals?.map((interval) => interval.every);
    return { every, args: action.args ?? [], paused: state.paused, changedAt: info.lastUpdatedAt };
  };

  it('is started with the rhythms of the first worker', async () => {
    expect(await standing('caretaker')).toMatchObject({ every: [60_000], args: [] });
    expect(await standing('audit-reconciliation')).toMatchObject({ every: [3_600_000] });
    expect(await standing('checkpoint')).toMatchObject({
      every: [15_000],
      args: [{ grownBy: 1_000, olderThanMs: 300_000 }],
    });
    expect((await client.workflow.getHandle('relay').describe()).status.name).toBe('RUNNING');
  });

  it('is left as it is by a worker with the same rhythms', async () => {
    const before = await standing('checkpoint');
    await ensureSingletons(client, 'orgeid', rhythms);
    expect(await standing('checkpoint')).toEqual(before);
  });

  it('takes the rhythms of a worker that was started with others, and stays paused where somebody paused it', async () => {
    await client.schedule.getHandle('checkpoint').pause('somebody looks at the log');
    const due = { grownBy: 10, olderThanMs: 1_000 };
    await ensureSingletons(client, 'orgeid', {
      ...rhythms,
      caretakerEveryMs: 5_000,
      checkpoint: { lookMs: 15_000, due },
    });
    expect(await standing('caretaker')).toMatchObject({ every: [5_000], paused: false });
    expect(await standing('audit-reconciliation')).toMatchObject({ every: [3_600_000] });
    expect(await standing('checkpoint')).toMatchObject({ every: [15_000], args: [due], paused: true });
  });
});
