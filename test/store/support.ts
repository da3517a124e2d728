import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import type { CaseView, Fact, RecordInput } from '../../schemas/case.ts';
import type { Task } from '../../schemas/task.ts';
import { migrate } from '../../store/migrate.ts';
import { openPool } from '../../store/pool.ts';
import type { Projection, Projections } from '../../store/projection.ts';
import { useEngines } from '../support/engines.ts';

/** State of the tests' own case: what its events have put into it. */
export type Notebook = {
  readonly stream: string;
  readonly notes: readonly unknown[];
  readonly view: Partial<CaseView>;
  readonly deadlineAt?: number;
};

type NotebookData = { note?: unknown; view?: Partial<CaseView>; deadlineAt?: number | null };

/** Each event adds a note and may change the view or the deadline by what it carries. */
export const notebook: Projection<Notebook> = {
  initial: (stream) => ({ stream, notes: [], view: {} }),
  evolve(state, fact: Fact<{ type: string; data: unknown }>) {
    const data = fact.data as NotebookData;
    const { deadlineAt: kept, ...rest } = state;
    const deadlineAt = data.deadlineAt === undefined ? kept : (data.deadlineAt ?? undefined);
    return {
      ...rest,
      notes: [...state.notes, data.note ?? fact.type],
      view: { ...state.view, ...data.view },
      ...(deadlineAt === undefined ? {} : { deadlineAt }),
    };
  },
  view: (state) => ({
    status: String(state.notes.at(-1) ?? 'NONE'),
    title: `Sổ ghi ${state.stream}`,
    closed: false,
    overdue: false,
    waits: [],
    tasks: [],
    claims: [],
    ...state.view,
  }),
  deadlineAt: (state) => state.deadlineAt,
};

export const projections: Projections = {
  registration: notebook as Projection,
  account: notebook as Projection,
  'lock-order': notebook as Projection,
  verification: notebook as Projection,
};

/** A fresh database for one test file, brought up to date, and a pool on it. */
export function useStore() {
  const engines = useEngines(['postgres']);
  let made: { url: string; pool: pg.Pool } | undefined;
  beforeAll(async () => {
    const url = await freshDatabase(engines().postgres.url);
    await migrate(url);
    made = { url, pool: openPool(url, { max: 20 }) };
  });
  afterAll(async () => {
    await made?.pool.end();
  });
  const store = () => {
    if (!made) throw new Error('the store is made in beforeAll');
    return made;
  };
  return {
    engine: () => engines().postgres,
    url: () => store().url,
    pool: () => store().pool,
  };
}

/** Makes an empty database beside the given one. */
export async function freshDatabase(url: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(url, (client) => client.query(`create database ${name}`));
  const fresh = new URL(url);
  fresh.pathname = `/${name}`;
  return fresh.href;
}

/** Runs something on a connection of its own. */
export async function asAdmin<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Changes rows that the triggers protect, as only a superuser can. */
export const tamper = (url: string, sql: string) =>
  asAdmin(url, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(sql);
  });

export const newStream = (type: 'registration' | 'account' = 'registration') => `${type}-${randomUUID()}`;

/** An append of one event, with what the test says of it. */
export function note(stream: string, expectedVersion: number, more: Partial<RecordInput> = {}): RecordInput {
  return {
    stream,
    caseType: stream.startsWith('account-') ? 'account' : 'registration',
    policyVersion: '2024.1',
    expectedVersion,
    commandId: randomUUID(),
    actor: { id: 'p1', name: 'Nguyễn Văn An', unit: 'PC06-HN' },
    at: '2026-03-02T01:00:00.000Z',
    events: [{ type: 'Noted', data: {} }],
    ...more,
  };
}

/** An event that changes the view. */
export const viewing = (view: Partial<CaseView>, data: NotebookData = {}) => ({
  events: [{ type: 'Noted', data: { ...data, view } }],
});

export const task = (id: string, more: Partial<Task> = {}): Task => ({
  id,
  kind: 'VERIFY',
  role: 'VERIFICATION_OFFICER',
  units: ['CAX-1'],
  unitPath: ['CAX-1'],
  status: 'OPEN',
  openedAt: '2026-03-02T01:00:00.000Z',
  overdue: false,
  responsible: [],
  version: 0,
  ...more,
});

/** Everything that an async iterable yields. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
