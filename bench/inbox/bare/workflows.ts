import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

/** Changes a task's holder, and keeps no record of it. */
export const turn = defineUpdate<number, [{ readonly by: string }]>('turn');

/** A task that somebody claims and releases, as little as Temporal needs for it. */
export async function bareTask(turns: number): Promise<void> {
  const holders: string[] = [];
  setHandler(turn, ({ by }) => holders.push(by), {
    validator: ({ by }) => {
      if (by === '') throw new Error('somebody');
    },
  });
  await condition(() => holders.length >= turns);
}
