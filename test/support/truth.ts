import { expect, vi } from 'vitest';
import { manager } from '../../bus/streams.ts';
import { projections } from '../../domain/projections.ts';
import { readHead } from '../../store/read.ts';
import { refoldAll } from '../../store/refold.ts';
import { verifyLog } from '../../store/verify.ts';
import type { TestSystem } from './system.ts';

/** The stream's last sequence, once it has caught up with the log. */
export async function untilRelayed({ pool, nc }: Pick<TestSystem, 'pool' | 'nc'>, timeout = 60_000) {
  const jsm = await manager(nc);
  await vi.waitFor(
    async () => {
      const head = await readHead(pool);
      const { state } = await jsm.streams.info('EVENTS');
      expect(state.last_seq).toBe(head.position);
      expect(state.messages).toBe(head.position);
    },
    { timeout, interval: 200 },
  );
}

/** What must hold whatever was killed: the chain is whole, read models equal the fold, the stream equals the log. */
export async function expectTruth(system: Pick<TestSystem, 'pool' | 'nc'>): Promise<void> {
  await untilRelayed(system);
  expect(await verifyLog(system.pool)).toMatchObject({ whole: true });
  const differences = [];
  for await (const difference of refoldAll(system.pool, projections)) differences.push(difference);
  expect(differences).toEqual([]);
}
