import { describe, expect, it } from 'vitest';
import { createRecorder } from '../../store/record.ts';
import { refoldAll } from '../../store/refold.ts';
import { verifyLog } from '../../store/verify.ts';
import { collect, newStream, note, projections, tamper, task, useStore, viewing } from './support.ts';

describe('the log and its read models under examination', () => {
  const store = useStore();
  const recorder = () => createRecorder(store.pool(), projections);
  const differences = () => collect(refoldAll(store.pool(), projections));
  const position = async (stream: string) =>
    Number(
      (await store.pool().query('select min(position) as p from orgeid.events where stream = $1', [stream]))
        .rows[0]?.p,
    );

  /** Does something to the database behind its back, looks, and undoes it. */
  async function whileTampered<T>(change: string, undo: string, look: () => Promise<T>): Promise<T> {
    await tamper(store.url(), change);
    try {
      return await look();
    } finally {
      await tamper(store.url(), undo);
    }
  }

  async function aCase() {
    const stream = newStream();
    const tasks = [
      task('verify', { dueAt: '2026-03-05T10:00:00.000Z' }),
      task('receive', { status: 'COMPLETED', holder: { id: 'p9', name: 'Lê Văn Chín' } }),
    ];
    const waits = [
      { kind: 'TASK' as const, owner: 'CAX-1', what: 'verify', since: '2026-03-02T01:00:00.000Z' },
    ];
    const view = {
      tasks,
      waits,
      claims: [`code:${stream}`],
      unit: 'PC06-HN',
      dueAt: '2026-03-06T10:00:00.000Z',
    };
    await recorder().record(
      note(stream, 0, viewing(view, { deadlineAt: Date.parse('2026-03-05T10:00:00Z') })),
    );
    await recorder().record(note(stream, 1, { events: [{ type: 'Noted', data: { note: 'hai' } }] }));
    return stream;
  }

  it('is whole and agrees as long as only record writes', async () => {
    expect(await verifyLog(store.pool())).toMatchObject({ whole: true });
    const giver = await aCase();
    const claims = [`code:${giver}`];
    await recorder().record(note(newStream('account'), 0, viewing({ claims, claimsFrom: giver })));
    expect(await verifyLog(store.pool())).toMatchObject({ whole: true });
    expect(await differences()).toEqual([]);
  });

  it.each([
    'update orgeid.events set type = type',
    'delete from orgeid.events where position = 0',
    'truncate orgeid.events',
  ])('refuses %s', async (sql) => {
    await expect(store.pool().query(sql)).rejects.toThrow(/EID_ERR_LOG_BROKEN: orgeid.events is append-only/);
  });

  it('shows the position of a changed body, moment, column, and of a removed event', async () => {
    const stream = await aCase();
    await aCase();
    const at = await position(stream);
    const only = `where position = ${at}`;
    const cases: [string, string, object][] = [
      [
        `update orgeid.events set body = replace(body, 'Nguyễn', 'Nguyên') ${only}`,
        `update orgeid.events set body = replace(body, 'Nguyên', 'Nguyễn') ${only}`,
        { position: at, fault: 'HASH' },
      ],
      [
        `update orgeid.events set recorded_at = recorded_at - interval '1 microsecond' ${only}`,
        `update orgeid.events set recorded_at = recorded_at + interval '1 microsecond' ${only}`,
        { position: at, fault: 'HASH' },
      ],
      [
        `update orgeid.events set body = body || 'not json' ${only}`,
        `update orgeid.events set body = replace(body, 'not json', '') ${only}`,
        { position: at, fault: 'HASH' },
      ],
      [
        `update orgeid.events set command_id = command_id || 'x' ${only}`,
        `update orgeid.events set command_id = rtrim(command_id, 'x') ${only}`,
        { position: at, fault: 'COLUMNS' },
      ],
      [
        `create table orgeid.gone as select * from orgeid.events ${only}; delete from orgeid.events ${only}`,
        'insert into orgeid.events select * from orgeid.gone; drop table orgeid.gone',
        { position: at, fault: 'GAP' },
      ],
    ];
    for (const [change, undo, fault] of cases) {
      const verdict = await whileTampered(change, undo, () => verifyLog(store.pool()));
      expect(verdict).toEqual({ whole: false, ...fault });
    }
    expect(await verifyLog(store.pool())).toMatchObject({ whole: true });
  });

  it('shows a tail that was cut off and a head that was moved', async () => {
    await aCase();
    const { rows } = await store.pool().query('select max(position) as p from orgeid.events');
    const last = Number(rows[0]?.p);
    const cut = `create table orgeid.gone as select * from orgeid.events where position = ${last};
      delete from orgeid.events where position = ${last}`;
    const back = 'insert into orgeid.events select * from orgeid.gone; drop table orgeid.gone';
    expect(await whileTampered(cut, back, () => verifyLog(store.pool()))).toEqual({
      whole: false,
      position: last,
      fault: 'GAP',
    });
    const move = (by: number) => `update orgeid.log_head set position = position + ${by}`;
    expect(await whileTampered(move(-1), move(1), () => verifyLog(store.pool()))).toEqual({
      whole: false,
      position: last - 1,
      fault: 'HEAD',
    });
  });

  it('finds each row that says something else than the fold', async () => {
    const stream = await aCase();
    const mine = `where stream = '${stream}'`;
    const table = (name: string) => [
      `create table orgeid.gone as select * from orgeid.${name} ${mine}; delete from orgeid.${name} ${mine}`,
      `insert into orgeid.${name} select * from orgeid.gone; drop table orgeid.gone`,
    ];
    const cases: [string, string, object[]][] = [
      [
        `update orgeid.cases set status = 'ISSUED' ${mine}`,
        `update orgeid.cases set status = 'hai' ${mine}`,
        [{ what: 'CASE', key: 'status', expected: 'hai', found: 'ISSUED' }],
      ],
      [
        `update orgeid.cases set next_deadline_at = null ${mine}`,
        `update orgeid.cases set next_deadline_at = '2026-03-05T10:00:00Z' ${mine}`,
        [{ what: 'CASE', key: 'next_deadline_at', expected: '2026-03-05T10:00:00.000Z', found: null }],
      ],
      [
        `update orgeid.tasks set holder = 'p7' ${mine} and task_id = 'verify'`,
        `update orgeid.tasks set holder = null ${mine} and task_id = 'verify'`,
        [{ what: 'TASK', key: 'verify' }],
      ],
      [
        `insert into orgeid.organisation_claims values ('code:extra', '${stream}')`,
        `delete from orgeid.organisation_claims where key = 'code:extra'`,
        [{ what: 'CLAIM', key: 'code:extra', expected: undefined, found: stream }],
      ],
      [
        `delete from orgeid.organisation_claims ${mine}`,
        `insert into orgeid.organisation_claims values ('code:${stream}', '${stream}')`,
        [{ what: 'CLAIM', key: `code:${stream}`, expected: stream, found: undefined }],
      ],
      [table('cases')[0] ?? '', table('cases')[1] ?? '', [{ what: 'CASE', key: stream, found: undefined }]],
      [
        `insert into orgeid.organisation_claims values ('code:lost', 'registration-lost')`,
        `delete from orgeid.organisation_claims where key = 'code:lost'`,
        [{ stream: 'registration-lost', what: 'CLAIM', key: 'code:lost', found: 'a row without events' }],
      ],
    ];
    for (const [change, undo, found] of cases) {
      expect(await whileTampered(change, undo, differences)).toMatchObject(
        found.map((one) => ({ stream, ...one })),
      );
    }
    expect(await differences()).toEqual([]);
  });

  it('finds a difference among more streams than one batch holds', async () => {
    const { record } = recorder();
    const streams = Array.from({ length: 230 }, () => newStream());
    await Promise.all(streams.map((stream) => record(note(stream, 0))));
    const stream = [...streams].sort().at(-1) ?? '';
    const set = (overdue: boolean) =>
      `update orgeid.cases set overdue = ${overdue} where stream = '${stream}'`;
    expect(await whileTampered(set(true), set(false), differences)).toMatchObject([
      { stream, key: 'overdue' },
    ]);
  });
});
