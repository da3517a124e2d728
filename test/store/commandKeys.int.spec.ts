import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bindKey, forgetKeys, type KeyedCommand, keyedOutcome, releaseKey } from '../../store/commandKeys.ts';
import { createRecorder } from '../../store/record.ts';
import { newStream, note, projections, useStore } from './support.ts';

const command = (changes: Partial<KeyedCommand> = {}): KeyedCommand => ({
  key: randomUUID(),
  actorId: 'desk',
  stream: newStream(),
  type: 'ClaimTask',
  sent: { taskId: 'verify-1' },
  ...changes,
});

describe('the key of a command', () => {
  const store = useStore();
  const db = () => store.pool();
  const carryOut = ({ stream, key }: KeyedCommand) =>
    createRecorder(db(), projections).record({ ...note(stream, 0), commandId: key });

  it('is bound to the command that was first sent under it, and tells what it led to', async () => {
    const sent = command();
    expect(await bindKey(db(), sent)).toBeUndefined();
    expect(await bindKey(db(), { ...sent, sent: { taskId: 'verify-1' } })).toBeUndefined();
    await carryOut(sent);
    expect(await bindKey(db(), sent)).toBe(1);
    expect(await keyedOutcome(db(), sent.key, 'desk')).toMatchObject({ stream: sent.stream, version: 1 });
  });

  it('takes no other command, stream or person', async () => {
    const sent = command();
    await bindKey(db(), sent);
    const others: Partial<KeyedCommand>[] = [
      { sent: { taskId: 'verify-2' } },
      { type: 'ReleaseTask' },
      { stream: newStream() },
      { actorId: 'somebody' },
    ];
    for (const other of others)
      await expect(bindKey(db(), { ...sent, ...other })).rejects.toMatchObject({
        code: 'EID_ERR_KEY_REUSED',
      });
  });

  it('is bound once, however many try at the same moment', async () => {
    const key = randomUUID();
    const stream = newStream();
    const tries = Array.from({ length: 20 }, (_, i) => command({ key, stream, actorId: `officer-${i % 2}` }));
    const outcomes = await Promise.allSettled(tries.map((one) => bindKey(db(), one)));
    const winners = tries.filter((_, i) => outcomes[i]?.status === 'fulfilled').map(({ actorId }) => actorId);
    expect(new Set(winners).size).toBe(1);
    expect(winners).toHaveLength(10);
  });

  it('is free again after a refusal, and never after the log holds the command', async () => {
    const refused = command();
    await bindKey(db(), refused);
    await releaseKey(db(), refused.key, 'somebody');
    await expect(bindKey(db(), { ...refused, sent: {} })).rejects.toMatchObject({
      code: 'EID_ERR_KEY_REUSED',
    });
    await releaseKey(db(), refused.key, 'desk');
    expect(await bindKey(db(), { ...refused, sent: {} })).toBeUndefined();
    await carryOut(refused);
    await releaseKey(db(), refused.key, 'desk');
    await expect(bindKey(db(), refused)).rejects.toMatchObject({ code: 'EID_ERR_KEY_REUSED' });
  });

  it('is nobody else’s to ask about, and is forgotten after its time', async () => {
    const sent = command();
    await bindKey(db(), sent);
    expect(await keyedOutcome(db(), sent.key, 'somebody')).toBeUndefined();
    expect(await keyedOutcome(db(), sent.key, 'desk')).not.toHaveProperty('version');
    await forgetKeys(db(), '2020-01-01T00:00:00.000Z');
    expect(await keyedOutcome(db(), sent.key, 'desk')).toBeDefined();
    await forgetKeys(db(), new Date(Date.now() + 1_000).toISOString());
    expect(await keyedOutcome(db(), sent.key, 'desk')).toBeUndefined();
  });
});
