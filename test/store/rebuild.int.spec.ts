import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../store/migrate.ts';
import { openPool } from '../../store/pool.ts';
import type { Projection } from '../../store/projection.ts';
import { readHead } from '../../store/read.ts';
import { type RebuildOptions, rebuildReadModels } from '../../store/rebuild/rebuild.ts';
import { READ_MODELS, shadowPosition } from '../../store/rebuild/shadow.ts';
import { createRecorder } from '../../store/record.ts';
import { refoldAll } from '../../store/refold.ts';
import { useEngines } from '../support/engines.ts';
import { collect, freshDatabase, newStream, note, notebook, tamper, task, viewing } from './support.ts';

const ours: Projection = {
  ...notebook,
  initial: (stream) => ({ ...(notebook.initial(stream) as object), policyVersion: '2024.1' }),
} as Projection;
const projections = { registration: ours, account: ours, 'lock-order': ours, verification: ours };

describe('a rebuild of the read models', () => {
  const engines = useEngines(['postgres']);

  /** A database of its own with a log in it. */
  async function withLog<T>(
    use: (log: {
      url: string;
      pool: ReturnType<typeof openPool>;
      write: (n?: number) => Promise<string>;
    }) => Promise<T>,
  ): Promise<T> {
    const url = await freshDatabase(engines().postgres.url);
    await migrate(url);
    const pool = openPool(url, { max: 12 });
    const recorder = createRecorder(pool, projections);
    /** Some cases whose tasks open, close and change hands, and an account that takes a key over from its request. */
    const write = async (n = 1): Promise<string> => {
      let last = '';
      for (let i = 0; i < n; i += 1) {
        const stream = newStream();
        last = stream;
        const key = `code:${stream}`;
        const open = [
          task('verify', { dueAt: '2026-03-05T10:00:00.000Z' }),
          task('receive', { units: ['CAX-1', 'PC06-HN'] }),
        ];
        await recorder.record(
          note(
            stream,
            0,
            viewing({ tasks: open, claims: [key], unit: 'CAX-1' }, { deadlineAt: 1_772_700_000_000 }),
          ),
        );
        await recorder.record(note(stream, 1, viewing({ tasks: open.slice(0, 1) })));
        await recorder.record(note(newStream('account'), 0, viewing({ claims: [key], claimsFrom: stream })));
        const ended = { tasks: [], claims: [], closed: true };
        await recorder.record(
          note(stream, 2, { events: [...viewing(ended).events, { type: 'Noted', data: { note: 'hết' } }] }),
        );
        await recorder.record(
          note(
            newStream(),
            0,
            viewing({
              tasks: [
                task('verify', {
                  status: 'CLAIMED',
                  dueAt: '2026-03-06T10:00:00.000Z',
                  holder: { id: 'p1', name: 'An' },
                }),
              ],
            }),
          ),
        );
      }
      return last;
    };
    try {
      return await use({ url, pool, write });
    } finally {
      await pool.end();
    }
  }

  const rebuild = (pool: ReturnType<typeof openPool>, options: RebuildOptions = {}) =>
    rebuildReadModels(pool, projections, options);
  const contents = async (pool: ReturnType<typeof openPool>) =>
    Promise.all(
      READ_MODELS.map(async (table) => {
        const { rows } = await pool.query<{ row: string }>(
          `select r::text as row from orgeid.${table} r order by 1`,
        );
        return [table, rows.map(({ row }) => row)];
      }),
    );

  it('finds the read models byte for byte as they are, and leaves them so', () =>
    withLog(async ({ pool, write }) => {
      await write(20);
      const before = await contents(pool);
      const { position } = await readHead(pool);
      expect(await rebuild(pool)).toEqual({ position, differences: [], corrected: {} });
      expect(await contents(pool)).toEqual(before);
      expect(await shadowPosition(pool)).toBeUndefined();
    }));

  it('lets nobody wait where nothing differs', () =>
    withLog(async ({ pool, write }) => {
      await write(3);
      const writer = await pool.connect();
      try {
        await writer.query(
          `begin; select pg_advisory_xact_lock('orgeid.log_head'::regclass::oid::integer, 0)`,
        );
        const compared: (string | undefined)[] = [];
        const onProgress: RebuildOptions['onProgress'] = ({ comparing }) => compared.push(comparing);
        expect((await rebuild(pool, { onProgress })).differences).toEqual([]);
        expect((await rebuild(pool, { check: true })).differences).toEqual([]);
        expect(compared).toContain('organisation_claims');
      } finally {
        await writer.query('rollback');
        writer.release();
      }
    }));

  it('puts right whatever was broken, row by row, and brings back what is gone', () =>
    withLog(async ({ url, pool, write }) => {
      const stream = await write(12);
      const before = await contents(pool);
      await tamper(
        url,
        `update orgeid.cases set status = 'LOST' where stream = '${stream}';
         delete from orgeid.tasks where task_id = 'verify';
         update orgeid.inbox set due_key = due_key + interval '1 day' where task_id = 'verify';
         delete from orgeid.lane_counts;
         update orgeid.organisation_claims set stream = '${stream}' where key = 'code:${stream}';
         insert into orgeid.case_codes (stream, code) values ('${stream}', 'made up');
         truncate orgeid.case_terms`,
      );
      const { differences, corrected } = await rebuild(pool, { check: true });
      expect(new Set(differences.map(({ table }) => table))).toEqual(
        new Set([
          'cases',
          'tasks',
          'inbox',
          'lane_counts',
          'case_terms',
          'case_codes',
          'organisation_claims',
        ]),
      );
      expect(corrected).toEqual({});
      expect(await contents(pool)).not.toEqual(before);
      expect((await rebuild(pool)).corrected).toMatchObject({
        cases: 1,
        organisation_claims: 1,
        case_codes: 1,
      });
      expect(await contents(pool)).toEqual(before);
      expect((await pool.query('select from orgeid.former_keys')).rowCount).toBe(0);
      expect((await rebuild(pool)).differences).toEqual([]);
    }));

  it.each([
    ['all cases are wrong', () => ''],
    ['one case is', (stream: string) => `where stream = '${stream}'`],
  ])('loses nothing of what is written while %s, and writers go on after it', (_, which) =>
    withLog(async ({ url, pool, write }) => {
      const stream = await write(30);
      await tamper(
        url,
        `update orgeid.cases set status = 'LOST' ${which(stream)};
         update orgeid.organisation_claims set stream = '${stream}' where key = 'code:${stream}'`,
      );
      let done = false;
      let batches = 0;
      const traffic = Array.from({ length: 3 }, async () => {
        let written = 0;
        while (!done) {
          await write();
          written += 1;
        }
        await write();
        return written;
      });
      const { differences } = await rebuild(pool, {
        onProgress: () => {
          batches += 1;
        },
      });
      done = true;
      expect((await Promise.all(traffic)).reduce((a, b) => a + b)).toBeGreaterThan(0);
      expect(batches).toBeGreaterThan(0);
      expect(differences.length).toBeGreaterThan(0);
      expect(await collect(refoldAll(pool, projections))).toEqual([]);
      expect((await rebuild(pool)).differences).toEqual([]);
    }),
  );

  it('puts right what went on between the comparison and the switch, and a claim that changed hands then', () =>
    withLog(async ({ url, pool, write }) => {
      const recorder = createRecorder(pool, projections);
      const [stream, taker] = [newStream(), newStream('account')];
      await recorder.record(note(stream, 0, viewing({ claims: ['code:1', 'code:2'], unit: 'CAX-1' })));
      await write(2);
      await tamper(url, `update orgeid.cases set status = 'LOST' where stream = '${stream}'`);
      let between: Promise<unknown> | undefined;
      const { corrected } = await rebuild(pool, {
        onProgress: ({ comparing }) => {
          if (comparing !== 'organisation_claims') return;
          // The comparison sees none of this; the switch waits for it, or comes before it.
          between = recorder
            .record(note(taker, 0, viewing({ claims: ['code:1'], claimsFrom: stream })))
            .then(() => tamper(url, `update orgeid.cases set status = 'LOST' where stream = '${taker}'`));
        },
      });
      await between;
      expect(corrected).toMatchObject({ cases: expect.any(Number) });
      await rebuild(pool);
      expect(await collect(refoldAll(pool, projections))).toEqual([]);
      const { rows } = await pool.query(
        'select key, stream from orgeid.organisation_claims where stream = any ($1) order by key',
        [[stream, taker]],
      );
      expect(rows).toEqual([
        { key: 'code:1', stream: taker },
        { key: 'code:2', stream },
      ]);
    }));

  it('stops at an event that cannot be folded with its position, changes nothing, and goes on once it can', () =>
    withLog(async ({ url, pool, write }) => {
      const stream = await write(5);
      const { rows } = await pool.query<{ position: string; version: number }>(
        'select position, version from orgeid.events where stream = $1 and version = 2',
        [stream],
      );
      const poison = { position: Number(rows[0]?.position), stream, version: 2 };
      await tamper(url, `update orgeid.cases set status = 'LOST' where stream = '${stream}'`);
      const poisons: [string, string, RegExp][] = [
        [`body = 'nonsense'`, `stream = '${stream}'`, /JSON/],
        [`version = 7`, `stream = '${stream}' and version = 2`, /version 7 follows version 1/],
      ];
      for (const [change, where, cause] of poisons) {
        const only = `where position = ${poison.position}`;
        await tamper(
          url,
          `create table kept as select * from orgeid.events ${only}; update orgeid.events set ${change} where ${where} and position = ${poison.position}`,
        );
        const version = change.startsWith('version') ? 7 : 2;
        await expect(rebuild(pool)).rejects.toMatchObject({
          code: 'EID_ERR_LOG_POISON',
          details: { ...poison, version, cause: expect.stringMatching(cause) },
        });
        expect(await shadowPosition(pool)).toBe(poison.position - 1);
        await tamper(
          url,
          `update orgeid.events e set body = k.body, version = k.version from kept k where e.position = k.position; drop table kept`,
        );
      }
      const throwing = {
        ...ours,
        evolve: (state: unknown, fact: Parameters<typeof ours.evolve>[1]) => {
          if (fact.type === 'Noted' && (state as { stream: string }).stream === stream)
            throw new Error('cannot');
          return ours.evolve(state, fact);
        },
      } as Projection;
      await expect(
        rebuildReadModels(pool, { ...projections, registration: throwing }, { fresh: true }),
      ).rejects.toMatchObject({
        code: 'EID_ERR_LOG_POISON',
        details: { stream, version: 1, cause: 'cannot' },
      });
      expect((await pool.query(`select from orgeid.cases where status = 'LOST'`)).rowCount).toBe(1);
      expect((await rebuild(pool)).corrected).toMatchObject({ cases: 1 });
    }));

  it('goes on where it was when it is stopped, and two at once are one', () =>
    withLog(async ({ pool }) => {
      await fillWithNotes(pool, 6_000);
      const stop = new AbortController();
      const seen: number[] = [];
      const stopped = rebuild(pool, {
        signal: stop.signal,
        onProgress: ({ position }) => {
          seen.push(position);
          stop.abort();
        },
      });
      await expect(stopped).rejects.toThrow();
      const position = await shadowPosition(pool);
      expect(position).toBe(seen[0]);
      const again: number[] = [];
      let second: Promise<unknown> = Promise.resolve();
      await rebuild(pool, {
        onProgress: (progress) => {
          again.push(progress.position);
          if (again.length === 1)
            second = expect(rebuild(pool)).rejects.toMatchObject({ code: 'EID_ERR_REBUILD_RUNNING' });
        },
      });
      await second;
      expect(Math.min(...again)).toBeGreaterThan(position ?? 0);
    }));

  it.each([
    ['its code', { code: 'next' }, ''],
    ['a table', {}, `insert into orgeid.migrations (name, run_on) values ('next', now())`],
  ])(
    'begins anew when %s changed, so that nothing as it was read before comes over what is right',
    (_, next, upgrade) =>
      withLog(async ({ url, pool }) => {
        await fillWithNotes(pool, 6_000);
        const before = await contents(pool);
        const former = {
          ...ours,
          view: (state: unknown) => ({ ...ours.view(state), title: 'as it was read before' }),
        };
        const stop = new AbortController();
        const stopped = rebuildReadModels(
          pool,
          { ...projections, registration: former },
          { code: 'former', signal: stop.signal, onProgress: () => stop.abort() },
        );
        await expect(stopped).rejects.toThrow();
        if (upgrade !== '') await tamper(url, upgrade);
        expect(await rebuild(pool, { code: 'former', ...next })).toMatchObject({ differences: [] });
        expect(await contents(pool)).toEqual(before);
      }),
  );

  it('goes on where it was when its process is killed', () =>
    withLog(async ({ url, pool, write }) => {
      await write(3);
      await fillWithNotes(pool, 6_000);
      const killed = await firstTold(url, 'SIGKILL');
      const kept = await shadowPosition(pool);
      expect(kept ?? 0).toBeGreaterThanOrEqual(killed ?? Number.NaN);
      // The server notices that its client is gone when it next looks; until then the lock is held, and nothing is told.
      let resumed: number | undefined;
      await expect
        .poll(
          async () => {
            resumed ??= await firstTold(url, undefined, '--check');
            return resumed;
          },
          { timeout: 60_000 },
        )
        .toBeGreaterThan(kept ?? 0);
      expect(await shadowPosition(pool)).toBeUndefined();
    }));

  /** Runs the command as an operator does, to its end or to its first word of progress. @returns the position that it told first */
  async function firstTold(
    url: string,
    kill: NodeJS.Signals | undefined,
    ...more: string[]
  ): Promise<number | undefined> {
    const command = fileURLToPath(new URL('../../cli/orgeid.mjs', import.meta.url));
    const child = spawn(process.execPath, [command, 'audit', 'rebuild', '--json', ...more], {
      env: { PATH: process.env.PATH, ORGEID_POSTGRES_URL: url },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');
    let first: number | undefined;
    for await (const line of createInterface(child.stdout)) {
      const { position, head } = JSON.parse(line) as { position?: number; head?: number };
      if (head !== undefined) first ??= position;
      if (kill) child.kill(kill);
    }
    await ended;
    return first;
  }

  /** Many small cases at once. */
  async function fillWithNotes(pool: ReturnType<typeof openPool>, n: number): Promise<void> {
    const recorder = createRecorder(pool, projections);
    const events = Array.from({ length: 100 }, (_, i) => ({ type: 'Noted', data: { note: i } }));
    for (let i = 0; i < n; i += 100)
      await recorder.record(note(`registration-${randomUUID()}`, 0, { events }));
  }
});
