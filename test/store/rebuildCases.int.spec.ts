import { describe, expect, it } from 'vitest';
import { randomCase } from '../../audit/testing/histories.spec.ts';
import { projections } from '../../domain/projections.ts';
import { CaseType } from '../../schemas/case.ts';
import { rebuildReadModels } from '../../store/rebuild/rebuild.ts';
import { READ_MODELS } from '../../store/rebuild/shadow.ts';
import { createRecorder } from '../../store/record.ts';
import { refoldAll } from '../../store/refold.ts';
import { markSwept } from '../../store/unattended.ts';
import { verifyLog } from '../../store/verify.ts';
import { accountLike } from '../audit/support.ts';
import { collect, tamper, useStore } from './support.ts';

const SEEDS = 25;
const LENGTH = 40;

describe('a rebuild of real cases', () => {
  const store = useStore();

  /** Random cases of every type, each append with one to three events; a case whose key is taken ends there. */
  async function live(): Promise<string[]> {
    const recorder = createRecorder(store.pool(), projections);
    const streams: string[] = [];
    for (const caseType of CaseType.options) {
      for (let seed = 0; seed < SEEDS; seed += 1) {
        const found = randomCase(caseType, seed, LENGTH);
        const { stream, events } =
          caseType === 'account'
            ? accountLike(found.events, seed)
            : { stream: `${found.stream}${seed}`, events: found.events };
        const [first] = events;
        if (!first) continue;
        for (let from = 0, n = 1; from < events.length; from += n) {
          n = 1 + ((seed + from) % 3);
          const { at, by } = events[from] ?? first;
          const answer = await recorder.record({
            stream,
            caseType,
            policyVersion: String(first.data.policyVersion),
            expectedVersion: from,
            commandId: `${stream}/${from}`,
            actor: by,
            at,
            events: events.slice(from, from + n).map(({ type, data }) => ({ type, data })),
          });
          if (answer.kind !== 'recorded') break;
        }
        streams.push(stream);
      }
    }
    return streams;
  }

  const contents = () =>
    Promise.all(
      READ_MODELS.map(async (table) => {
        const { rows } = await store
          .pool()
          .query<{ row: string }>(`select r::text as row from orgeid.${table} r order by 1`);
        return [table, rows.map(({ row }) => row)] as const;
      }),
    );

  it('gives every row as the appends wrote it, byte for byte, and brings back all that was taken away', async () => {
    const streams = await live();
    await markSwept(store.pool(), streams[0] ?? '', 1);
    await markSwept(store.pool(), streams[SEEDS] ?? '', 1);
    const before = await contents();
    const sizes = Object.fromEntries(before.map(([table, rows]) => [table, rows.length]));
    for (const table of READ_MODELS) expect(sizes[table], table).toBeGreaterThan(0);

    expect((await rebuildReadModels(store.pool(), projections)).differences).toEqual([]);
    expect(await contents()).toEqual(before);

    await tamper(
      store.url(),
      `update orgeid.cases set title = '', state = '{}';
       truncate orgeid.tasks, orgeid.inbox, orgeid.lane_counts, orgeid.case_terms, orgeid.case_codes`,
    );
    const { corrected } = await rebuildReadModels(store.pool(), projections);
    expect(corrected.cases).toBe(sizes.cases);
    expect(await contents()).toEqual(before);
    expect(await collect(refoldAll(store.pool(), projections))).toEqual([]);
    expect(await verifyLog(store.pool())).toMatchObject({ whole: true });
  });
});
