import { describe, expect, it, vi } from 'vitest';
import { forgetOldKeys } from '../../api/commands/forget.ts';
import { createLogger } from '../../log/logger.ts';
import { bindKey, keyedOutcome } from '../../store/commandKeys.ts';
import { createRecorder } from '../../store/record.ts';
import { forgetRefusedItems, noteRefusedItems, refusedItems } from '../../store/refusedItems.ts';
import { note, projections, useStore } from './support.ts';

const store = useStore();
const db = () => store.pool();
const item = (commandId: string, code: 'EID_ERR_VERSION' | 'EID_ERR_FOUR_EYES' = 'EID_ERR_VERSION') => ({
  commandId,
  stream: 'registration-1',
  code,
  details: { taskId: 'decide-1' },
});
const noted = async (actor: string, ...ids: string[]) => [...(await refusedItems(db(), actor, ids)).keys()];

describe('a refused item of a list', () => {
  it('is told again to whom it was told, as it was told first', async () => {
    await noteRefusedItems(db(), 'director', [item('k.1'), item('k.2')]);
    await noteRefusedItems(db(), 'director', [item('k.2', 'EID_ERR_FOUR_EYES')]);
    await noteRefusedItems(db(), 'director', []);
    const found = await refusedItems(db(), 'director', ['k.1', 'k.2', 'k.3']);
    expect([...found.values()].sort((a, b) => (a.commandId < b.commandId ? -1 : 1))).toEqual([
      item('k.1'),
      item('k.2'),
    ]);
    expect(await noted('another', 'k.1')).toEqual([]);
  });

  it('is none when the log holds the command after all', async () => {
    await noteRefusedItems(db(), 'director', [item('k.4')]);
    await createRecorder(db(), projections).record({ ...note('registration-1', 0), commandId: 'k.4' });
    expect(await noted('director', 'k.4')).toEqual([]);
  });

  it('is forgotten with the keys after their time, and not before', async () => {
    const bound = {
      key: 'old-key-1',
      actorId: 'director',
      stream: 'registration-9',
      type: 'Withdraw',
      sent: {},
    };
    await bindKey(db(), bound);
    await bindKey(db(), { ...bound, key: 'new-key-1' });
    await noteRefusedItems(db(), 'director', [item('k.5'), item('k.6')]);
    await db().query(
      `update orgeid.command_keys set given_at = given_at - interval '31 days' where key = 'old-key-1'`,
    );
    await db().query(
      `update orgeid.refused_items set refused_at = refused_at - interval '31 days' where command_id = 'k.5'`,
    );
    const stop = new AbortController();
    const log = createLogger('test', { level: 'silent' });
    forgetOldKeys({ pool: db(), log, now: Date.now, stopping: stop.signal }, 30);
    await vi.waitFor(async () => {
      expect(await keyedOutcome(db(), 'old-key-1', 'director')).toBeUndefined();
      expect(await noted('director', 'k.5')).toEqual([]);
    });
    stop.abort();
    expect(await keyedOutcome(db(), 'new-key-1', 'director')).toBeDefined();
    expect(await noted('director', 'k.6')).toEqual(['k.6']);
    expect(await forgetRefusedItems(db(), '2000-01-01T00:00:00Z')).toBe(0);
  });
});
