import { beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../schemas/task.ts';
import { areOnList, type ProposedRequest, proposedOn, waitingLists } from '../../store/proposals.ts';
import { createRecorder } from '../../store/record.ts';
import { note, projections, task, useStore, viewing } from './support.ts';

const store = useStore();
const db = () => store.pool();
const decide = (about: string | undefined, more: Partial<Task> = {}): Task =>
  task('decide-1', {
    kind: 'DECIDE',
    role: 'C06_DIRECTOR',
    ...(about === undefined ? {} : { about }),
    ...more,
  });
const put = (stream: string, ...tasks: Task[]) =>
  createRecorder(db(), projections).record({ ...note(stream, 0), ...viewing({ tasks }) });
const due = (day: number) => `2026-04-${String(day).padStart(2, '0')}T01:00:00.000Z`;

beforeAll(async () => {
  for (let n = 0; n < 12; n += 1)
    await put(`registration-a${n}`, decide('DS-A', { dueAt: due(12 - (n % 3)), overdue: n === 2 }));
  await put('registration-held', decide('DS-B', { status: 'CLAIMED' }));
  await put('registration-done', decide('DS-B', { status: 'COMPLETED' }));
  await put('registration-other', task('verify-1', { about: 'DS-A' }));
  await put('registration-old', decide(undefined));
});

async function pages<Item>(
  read: (after: string | undefined) => Promise<{ items: readonly Item[]; next?: string }>,
) {
  const found: Item[] = [];
  for (let after: string | undefined; ; ) {
    const page = await read(after);
    found.push(...page.items);
    if (page.next === undefined) return found;
    after = page.next;
  }
}

describe('proposal lists', () => {
  it('are those on which something waits for the Director, with how much and since when', async () => {
    const expected = [
      { list: 'DS-A', waiting: 12, overdue: 1, since: '2026-03-02T01:00:00.000Z', dueAt: due(10) },
      { list: 'DS-B', waiting: 1, overdue: 0, since: '2026-03-02T01:00:00.000Z' },
    ];
    expect(await waitingLists(db(), { limit: 50 })).toEqual({ items: expected });
    expect(await pages((after) => waitingLists(db(), { limit: 1, after }))).toEqual(expected);
  });

  it('hold each request once over all pages, the earliest due first', async () => {
    const found: ProposedRequest[] = await pages((after) => proposedOn(db(), 'DS-A', { limit: 5, after }));
    expect(found).toHaveLength(12);
    const key = (one: ProposedRequest) => `${one.task.dueAt} ${one.stream}`;
    const inOrder = await proposedOn(db(), 'DS-A', { limit: 100 });
    expect(found.map(key)).toEqual(inOrder.items.map(key));
    expect(found.map(({ task: { dueAt } }) => dueAt)).toEqual(
      found.map(({ task: { dueAt } }) => dueAt).sort(),
    );
    expect(new Set(found.map(({ stream }) => stream)).size).toBe(12);
    expect((await proposedOn(db(), 'DS-B', { limit: 5 })).items).toMatchObject([
      { stream: 'registration-held' },
    ]);
    const { next } = await proposedOn(db(), 'DS-A', { limit: 5 });
    await expect(proposedOn(db(), 'DS-B', { limit: 5, after: next })).rejects.toMatchObject({
      code: 'EID_ERR_SHAPE',
    });
  });

  it('know their requests after they were decided as well', async () => {
    const refs = ['registration-done', 'registration-a1', 'registration-none', 'registration-old'];
    const tasks = refs.map((stream) => ({ stream, taskId: 'decide-1' }));
    expect(await areOnList(db(), 'DS-B', tasks)).toEqual([true, false, false, false]);
    expect(await areOnList(db(), 'DS-A', [{ stream: 'registration-other', taskId: 'verify-1' }])).toEqual([
      false,
    ]);
  });

  it('are found by an index of what waits, not by looking at every task', async () => {
    await db().query('analyze orgeid.tasks');
    const client = await db().connect();
    try {
      await client.query('begin; set local enable_seqscan = off');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select due_key, opened_at, stream, task_id from orgeid.tasks
         where kind = 'DECIDE' and status in ('OPEN', 'CLAIMED') and ((task ->> 'about') collate "C") = 'DS-A'
         order by due_key, opened_at, stream, task_id limit 5`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('tasks_lists');
      expect(plan).not.toContain('Sort');
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
