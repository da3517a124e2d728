import { expect, it } from 'vitest';
import { humanCommands } from '../../demo/human-commands.ts';
import { systemActor } from '../../domain/deciding.ts';
import { bindKey } from '../../store/commandKeys.ts';
import { createRecorder } from '../../store/record.ts';
import { newStream, note, projections, useStore } from '../store/support.ts';

const store = useStore();

it('what a person did without a key of the API is named, and nothing that the system does', async () => {
  const db = store.pool();
  const { record } = createRecorder(db, projections);
  const [sent, bare, stolen, own] = [newStream(), newStream(), newStream(), newStream()];
  const bound = async (stream: string, actorId: string) => {
    const one = note(stream, 0);
    await bindKey(db, { key: one.commandId, actorId, stream, type: 'Note', sent: {} });
    await record(one);
  };
  await bound(sent, 'p1');
  expect(await humanCommands(db)).toEqual({ commands: 1, elsewhere: [] });
  await record(note(own, 0, { actor: systemActor }));
  expect(await humanCommands(db)).toEqual({ commands: 1, elsewhere: [] });
  await record(note(bare, 0));
  await bound(stolen, 'somebody-else');
  const { commands, elsewhere } = await humanCommands(db);
  expect([commands, new Set(elsewhere)]).toEqual([3, new Set([`${bare} by p1`, `${stolen} by p1`])]);
});
