import { describe, expect, it } from 'vitest';
import type { Policy } from '../../schemas/policy.ts';
import { type InboxQuery, inbox } from '../../store/inbox.ts';
import { journalAnswer } from '../../store/journal.ts';
import { getPolicy, putPolicy } from '../../store/policy.ts';
import { readCase } from '../../store/readCase.ts';
import { createRecorder } from '../../store/record.ts';
import { findUnattended, markSwept } from '../../store/unattended.ts';
import { newStream, note, projections, tamper, task, useStore, viewing } from './support.ts';

describe('reading cases', () => {
  const store = useStore();
  const record = (...args: Parameters<typeof note>) =>
    createRecorder(store.pool(), projections).record(note(...args));

  it('gives a case with its view, state and tasks, and nothing for a stream without events', async () => {
    const stream = newStream();
    const dueAt = '2026-03-05T10:00:00.000Z';
    const tasks = [task('verify', { dueAt })];
    await record(
      stream,
      0,
      viewing({ tasks, dueAt, unit: 'PC06-HN' }, { note: 'MỞ', deadlineAt: Date.parse(dueAt) }),
    );
    expect(await readCase(store.pool(), stream)).toMatchObject({
      stream,
      type: 'registration',
      version: 1,
      policyVersion: '2024.1',
      state: { stream, notes: ['MỞ'] },
      status: 'MỞ',
      unit: 'PC06-HN',
      closed: false,
      dueAt,
      nextDeadlineAt: dueAt,
      tasks,
      sweptVersion: 0,
    });
    expect(await readCase(store.pool(), newStream())).toBeUndefined();
  });

  describe('an inbox', () => {
    const all = async (query: InboxQuery) => {
      const pages = [];
      let after: string | undefined;
      do {
        const page = await inbox(store.pool(), { ...query, ...(after === undefined ? {} : { after }) });
        pages.push(page.items.map(({ stream, task: { id } }) => `${stream}/${id}`));
        after = page.next;
      } while (after !== undefined);
      return pages;
    };

    it('lists open tasks of its units and roles by due time, then stream, those without a limit last, page by page', async () => {
      const units = ['CAX-INBOX'];
      const streams = [newStream(), newStream(), newStream()].sort();
      const [a = '', b = '', c = ''] = streams;
      const due = (day: number) => `2026-03-0${day}T10:00:00.000Z`;
      await record(c, 0, viewing({ tasks: [task('t1', { units, dueAt: due(2) }), task('t2', { units })] }));
      await record(
        a,
        0,
        viewing({ tasks: [task('t1', { units, dueAt: due(3) }), task('t2', { units: ['CAX-9'] })] }),
      );
      await record(
        b,
        0,
        viewing({
          tasks: [
            task('t1', { units: ['CAX-9', ...units], dueAt: due(3), status: 'CLAIMED' }),
            task('t2', { units, role: 'UNIT_HEAD', kind: 'CONFIRM' }),
            task('t3', { units, status: 'COMPLETED' }),
          ],
        }),
      );
      const officers: InboxQuery = { units, roles: ['VERIFICATION_OFFICER'], limit: 2 };
      expect(await all(officers)).toEqual([[`${c}/t1`, `${a}/t1`], [`${b}/t1`, `${c}/t2`], []]);
      expect(await all({ ...officers, dueBefore: due(3) })).toEqual([[`${c}/t1`]]);
      expect(await all({ ...officers, status: ['COMPLETED'] })).toEqual([[`${b}/t3`]]);
      expect(
        await all({ ...officers, roles: ['UNIT_HEAD', 'VERIFICATION_OFFICER'], kinds: ['CONFIRM'] }),
      ).toEqual([[`${b}/t2`]]);
      expect(await all({ units: [], roles: [], limit: 10 })).toEqual([[]]);
    });

    it('follows a task that is claimed, handed over and taken away', async () => {
      const stream = newStream();
      const holder = { id: 'p-inbox', name: 'Phạm Văn Dũng' };
      await record(stream, 0, viewing({ tasks: [task('verify')] }));
      await record(
        stream,
        1,
        viewing({ tasks: [task('verify', { status: 'CLAIMED', holder, version: 1 })] }),
      );
      const mine: InboxQuery = { holder: holder.id, limit: 10 };
      const { items } = await inbox(store.pool(), mine);
      expect(items).toMatchObject([{ stream, caseVersion: 2, task: { holder, version: 1 } }]);
      await record(stream, 2, viewing({ tasks: [] }));
      expect((await inbox(store.pool(), mine)).items).toEqual([]);
    });

    it('refuses a cursor that it did not give out', async () => {
      for (const after of ['', 'x', Buffer.from('["x","y","z"]').toString('base64url')].filter(Boolean)) {
        await expect(inbox(store.pool(), { holder: 'p', limit: 1, after })).rejects.toMatchObject({
          code: 'EID_ERR_SHAPE',
        });
      }
    });
  });

  it('finds open cases that nobody owns, whose deadline passed, or that nobody looked at, until they are looked at', async () => {
    await tamper(store.url(), 'truncate orgeid.cases');
    const waits = [{ kind: 'PERSON' as const, owner: 'p1', what: 'x', since: '2026-03-02T01:00:00.000Z' }];
    const [nobody, late, fresh, closed] = [newStream(), newStream(), newStream(), newStream()];
    const now = Date.now();
    await record(nobody, 0);
    await record(late, 0, viewing({ waits }, { deadlineAt: now - 60_000 }));
    await record(fresh, 0, viewing({ waits }, { deadlineAt: now + 3_600_000 }));
    await record(closed, 0, viewing({ closed: true }));
    const found = async (at: number, graceMs: number, limit = 10) =>
      Object.fromEntries(
        (await findUnattended(store.pool(), { now: at, graceMs, limit })).map(({ stream, reason }) => [
          stream,
          reason,
        ]),
      );

    expect(await found(now, 90_000)).toEqual({ [nobody]: 'NOBODY' });
    expect(await found(now, 30_000)).toEqual({ [nobody]: 'NOBODY', [late]: 'DEADLINE_PASSED' });
    const later = now + 600_000;
    expect(await found(later, 300_000)).toEqual({
      [nobody]: 'NOBODY',
      [late]: 'DEADLINE_PASSED',
      [fresh]: 'NEVER_SWEPT',
    });
    expect(Object.keys(await found(later, 300_000, 1))).toEqual([late]);

    await markSwept(store.pool(), fresh, 1);
    expect(await found(later, 300_000)).not.toHaveProperty(fresh);
    await record(fresh, 1);
    expect(await found(later, 300_000)).toMatchObject({ [fresh]: 'NEVER_SWEPT' });
    await markSwept(store.pool(), fresh, 1);
    expect(await found(later, 300_000)).toMatchObject({ [fresh]: 'NEVER_SWEPT' });
  });

  it('keeps a policy version as it is', async () => {
    const policy = { version: 'thử-1', title: 'Thử', parameters: { b: 1, a: 2 } } as unknown as Policy;
    const digest = await putPolicy(store.pool(), policy);
    const reordered = { title: 'Thử', parameters: { a: 2, b: 1 }, version: 'thử-1' } as unknown as Policy;
    expect(await putPolicy(store.pool(), reordered)).toBe(digest);
    await expect(putPolicy(store.pool(), { ...policy, title: 'Khác' })).rejects.toMatchObject({
      code: 'EID_ERR_POLICY_INVALID',
    });
    expect(await getPolicy(store.pool(), 'thử-1')).toEqual(policy);
    await expect(getPolicy(store.pool(), 'thử-2')).rejects.toMatchObject({ code: 'EID_ERR_POLICY_UNKNOWN' });
    await expect(store.pool().query('delete from orgeid.policies')).rejects.toThrow(/append-only/);
    await tamper(store.url(), `update orgeid.policies set body = body || '{"title":"Sửa"}'`);
    await expect(getPolicy(store.pool(), 'thử-1')).rejects.toMatchObject({ code: 'EID_ERR_POLICY_INVALID' });
  });

  it('journals a message once for each thing made of it, whatever its bytes', async () => {
    const entry = {
      answerId: 'a1',
      questionId: 'registration-1.TAX.1',
      party: 'TAX',
      receivedAt: '2026-03-02T01:00:00.000Z',
      payload: { values: { name_vi: 'Đại Nam' } },
      raw: '{"values":{"name_vi":"Đại Nam"}}',
    } as const;
    expect(await journalAnswer(store.pool(), { ...entry, disposition: 'TAKEN' })).toBe(true);
    expect(await journalAnswer(store.pool(), { ...entry, disposition: 'TAKEN' })).toBe(false);
    expect(await journalAnswer(store.pool(), { ...entry, disposition: 'DUPLICATE' })).toBe(true);
    const sentAgain = { ...entry, receivedAt: '2026-03-02T02:00:00.000Z', disposition: 'DUPLICATE' as const };
    expect(await journalAnswer(store.pool(), sentAgain)).toBe(true);

    const receivedAt = entry.receivedAt;
    const bad = { disposition: 'MALFORMED' as const, receivedAt, detail: 'không đọc được' };
    for (const raw of [new Uint8Array([0, 0xff, 0xd8]), '\u0000', '\ud800', 'x'.repeat(100_000)]) {
      expect(await journalAnswer(store.pool(), { ...bad, raw })).toBe(true);
      expect(await journalAnswer(store.pool(), { ...bad, raw })).toBe(false);
    }
    const odd = {
      ...entry,
      answerId: 'a2\u0000',
      payload: { nul: '\u0000' },
      disposition: 'MISADDRESSED' as const,
    };
    expect(await journalAnswer(store.pool(), odd)).toBe(true);

    const { rows } = await store
      .pool()
      .query('select disposition, payload, length(raw) as chars from orgeid.registry_answers order by id');
    expect(rows[0]).toEqual({ disposition: 'TAKEN', payload: entry.payload, chars: entry.raw.length });
    expect(rows.at(-2)).toEqual({ disposition: 'MALFORMED', payload: null, chars: 8192 });
    expect(rows).toHaveLength(8);
  });
});
