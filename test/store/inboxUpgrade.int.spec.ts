import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import { expect, it } from 'vitest';
import { projections } from '../../domain/projections.ts';
import { decree } from '../../domain/testing/policy.spec.ts';
import { requests } from '../../domain/testing/requests.ts';
import { listInbox } from '../../store/inbox/list.ts';
import { migrate } from '../../store/migrate.ts';
import { openPool } from '../../store/pool.ts';
import { rebuildReadModels } from '../../store/rebuild/rebuild.ts';
import { createRecorder } from '../../store/record.ts';
import { refoldAll } from '../../store/refold.ts';
import { useEngines } from '../support/engines.ts';
import { collect, freshDatabase, note } from './support.ts';

const engines = useEngines(['postgres']);

it('a database from before the inbox gets one for the cases that it holds, as if it had always been there', async () => {
  const url = await freshDatabase(engines().postgres.url);
  await runner({
    databaseUrl: url,
    dir: fileURLToPath(new URL('../../store/migrations', import.meta.url)),
    direction: 'up',
    count: 4,
    migrationsTable: 'migrations',
    migrationsSchema: 'orgeid',
    createMigrationsSchema: true,
    logger: { info: () => {}, warn: console.warn, error: console.error },
  });
  const pool = openPool(url);
  try {
    const story = requests(decree);
    const given = [story.local(), story.silent(), story.toDecideAfterLocal(), story.returned()];
    const recorder = createRecorder(pool, projections);
    for (const [n, { history }] of given.entries()) {
      // Each its own organisation.
      const own: typeof history = JSON.parse(
        JSON.stringify(history).replaceAll('0900000011', `090000002${n}`),
      );
      for (const [version, { type, data, at, by }] of own.entries()) {
        const append = note(`registration-${n}`, version, { events: [{ type, data }], at, actor: by });
        expect(await recorder.record(append)).toMatchObject({ kind: 'recorded' });
      }
    }
    expect((await migrate(url)).length).toBeGreaterThan(0);
    expect((await rebuildReadModels(pool, projections)).corrected).toMatchObject({ case_terms: 4 });
    expect(await collect(refoldAll(pool, projections))).toEqual([]);
    const officer = { id: 'o', roles: ['VERIFICATION_OFFICER' as const], unit: 'CAX-LAM-SON' };
    const { items } = await listInbox(pool, officer, { view: 'unit', limit: 10 });
    expect(items.map(({ stream, task }) => [stream, task.kind])).toEqual([['registration-0', 'VERIFY']]);
  } finally {
    await pool.end();
  }
});
