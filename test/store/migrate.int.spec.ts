import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../store/migrate.ts';
import { useEngines } from '../support/engines.ts';
import { asAdmin, freshDatabase } from './support.ts';

const files = readdirSync(new URL('../../store/migrations', import.meta.url)).map((name) =>
  name.replace(/\.sql$/, ''),
);

describe('migrations', () => {
  const engines = useEngines(['postgres']);

  it('run once: a second time does nothing', async () => {
    const url = await freshDatabase(engines().postgres.url);
    expect(await migrate(url)).toEqual(files.sort());
    expect(await migrate(url)).toEqual([]);
  });

  it('run once when several processes start together', async () => {
    const url = await freshDatabase(engines().postgres.url);
    const ran = await Promise.all(Array.from({ length: 4 }, () => migrate(url)));
    expect(ran.flat().sort()).toEqual(files.sort());
    const { rows } = await asAdmin(url, (client) => client.query('select position from orgeid.log_head'));
    expect(rows).toEqual([{ position: '0' }]);
  });
});
