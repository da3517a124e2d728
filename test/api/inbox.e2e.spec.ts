import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { InboxItem } from '../../schemas/inbox.ts';
import { others } from '../support/edge.ts';
import { callerAs, problem } from '../support/http.ts';
import { file, streamOf } from '../support/play.ts';
import { officer, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

/** Organisations that no registry knows: each request waits for the commune police to verify it. */
const LOCAL = 12;
const system = useSystem({
  organisations: 40,
  absent: new Set(Array.from({ length: LOCAL }, (_, i) => i + 1)),
  api: { ORGEID_RATE_PER_MINUTE: '100000' },
});
const edge = () => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return edge;
};
const as = (id: string) => callerAs(edge(), id);
const streams = Array.from({ length: LOCAL }, (_, i) => streamOf(i + 1));
const names = (items: readonly InboxItem[]) => items.map(({ stream, task }) => `${stream}/${task.id}`);
const verifier = () => as(officers.verifier.id);
const head = () => as(officers.head.id);

async function inbox(id: string, query: string): Promise<readonly InboxItem[]> {
  const found: InboxItem[] = [];
  for (let after = ''; ; ) {
    const page = await as(id).get(`/inbox?${query}${after}`);
    expect(page.status, JSON.stringify(page.body)).toBe(200);
    found.push(...page.body.items);
    if (page.body.next === undefined) return found;
    after = `&after=${encodeURIComponent(page.body.next)}`;
  }
}

const counts = async (id: string, query: string) => {
  const answer = await as(id).get(`/inbox/counts?${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

const claim = (id: string, { stream, task }: InboxItem) =>
  as(id).post(`/registrations/${stream}/claim-task`, { taskId: task.id });
const release = (id: string, { stream, task }: InboxItem) =>
  as(id).post(`/registrations/${stream}/release-task`, { taskId: task.id });

beforeAll(async () => {
  await Promise.all(streams.map((_, i) => file(system(), i + 1)));
  await Promise.all(streams.map((stream) => system().watch.untilStatus(stream, 'LOCAL_VERIFICATION')));
});

describe('an inbox over HTTP', () => {
  it('shows the unit what its people may do, with all that a list needs, in a stable order', async () => {
    const items = await inbox(officers.verifier.id, 'view=unit&limit=5');
    expect(new Set(names(items)).size).toBe(LOCAL);
    expect(items.map(({ stream }) => stream).sort()).toEqual([...streams].sort());
    expect(items[0]).toMatchObject({ caseType: 'registration', caseStatus: 'LOCAL_VERIFICATION' });
    const due = items.map(({ task }) => task.dueAt ?? '');
    expect(due).toEqual([...due].sort());
    expect(names(await inbox(officers.verifier.id, 'view=unit&limit=7'))).toEqual(names(items));
    const [first] = items;
    const detail = await verifier().get(`/registrations/${first?.stream}`);
    expect(detail.headers.get('etag')).toBe(`"${first?.caseVersion}"`);
  });

  it('is empty for those whom the work does not concern, and so are its counts', async () => {
    const strangers = [others.strangerVerifier, others.strangerHead, officers.desk, registrant(1)];
    for (const { id } of [...strangers, others.auditor, others.authority, officers.proposer])
      for (const view of ['mine', 'unit', 'below']) {
        expect(await inbox(id, `view=${view}`), `${id} ${view}`).toEqual([]);
        expect(await counts(id, `view=${view}`)).toMatchObject({ total: 0, kinds: [] });
      }
    expect(await inbox(officers.verifier.id, 'view=below')).toEqual([]);
    expect(await inbox(others.provinceHead.id, 'view=below')).toHaveLength(LOCAL);
    expect(await inbox(others.provinceVerifier.id, 'view=below')).toEqual([]);
  });

  it('shows what the answer to a command just said, and counts what it lists', async () => {
    const [item] = await inbox(officers.verifier.id, 'view=unit&free=true');
    if (!item) throw new Error('nothing to do');
    for (let turn = 0; turn < 5; turn += 1) {
      const { body } = await claim(officers.verifier.id, item);
      const [mine] = await inbox(officers.verifier.id, 'view=mine');
      expect(mine).toMatchObject({ stream: item.stream, task: { holder: { id: officers.verifier.id } } });
      expect(mine?.caseVersion).toBe(body.version);
      expect(await counts(officers.verifier.id, 'view=mine')).toMatchObject({ total: 1, free: 0 });
      expect(await counts(officers.verifier.id, 'view=unit')).toMatchObject({
        total: LOCAL,
        free: LOCAL - 1,
      });
      expect(names(await inbox(officers.verifier.id, 'view=unit&free=true'))).not.toContain(names([item])[0]);
      await release(officers.verifier.id, item);
      expect(await inbox(officers.verifier.id, 'view=mine')).toEqual([]);
    }
  });

  it('is narrowed down by kind, lateness, due time and age, and counted alike', async () => {
    const all = await inbox(officers.head.id, 'view=unit');
    expect(all).toHaveLength(LOCAL);
    expect(await inbox(officers.head.id, 'view=unit&kinds=VERIFY,CONFIRM')).toHaveLength(LOCAL);
    expect(await inbox(officers.head.id, 'view=unit&kinds=RECEIVE&kinds=CONFIRM')).toEqual([]);
    expect(await inbox(officers.head.id, 'view=unit&overdue=true')).toEqual([]);
    expect(await inbox(officers.head.id, 'view=unit&overdue=false')).toHaveLength(LOCAL);
    const middle = all[5]?.task.dueAt ?? '';
    const before = all.filter(({ task }) => (task.dueAt ?? '') < middle);
    expect(names(await inbox(officers.head.id, `view=unit&dueBefore=${middle}&limit=2`))).toEqual(
      names(before),
    );
    const opened = all.map(({ task }) => task.openedAt).sort()[6] ?? '';
    const older = all.filter(({ task }) => task.openedAt < opened);
    expect(names(await inbox(officers.head.id, `view=unit&openedBefore=${opened}&limit=2`))).toEqual(
      names(older),
    );
    const soon = await counts(officers.head.id, `view=unit&soonBefore=${middle}&kinds=VERIFY`);
    expect(soon).toMatchObject({ total: LOCAL, dueSoon: before.length, soonBefore: middle });
    const usual = await counts(officers.head.id, 'view=unit');
    expect(usual).toMatchObject({ dueSoon: LOCAL, kinds: [{ kind: 'VERIFY', total: LOCAL }] });
    expect(Date.parse(usual.soonBefore) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  });

  it('goes on by its cursor while tasks change hands: none twice, none lost that stayed', async () => {
    const all = await inbox(officers.verifier.id, 'view=unit');
    const seen: string[] = [];
    let after = '';
    for (let page = 0; ; page += 1) {
      const { body } = await verifier().get(`/inbox?view=unit&limit=3${after}`);
      seen.push(...names(body.items));
      const [moved, back] = [all[page], all[page - 1]];
      if (moved) await claim(officers.verifier.id, moved);
      if (back) await release(officers.verifier.id, back);
      if (body.next === undefined) break;
      after = `&after=${encodeURIComponent(body.next)}`;
    }
    expect(seen).toEqual(names(all));
    for (const item of await inbox(officers.verifier.id, 'view=mine'))
      await release(officers.verifier.id, item);
  });

  it.each([
    '/inbox',
    '/inbox?view=all',
    '/inbox?view=unit&view=mine',
    '/inbox?view=unit&limit=0',
    '/inbox?view=unit&limit=201',
    '/inbox?view=unit&limit=1.5',
    '/inbox?view=unit&limit=ten',
    '/inbox?view=unit&overdue=yes',
    '/inbox?view=unit&kinds=',
    '/inbox?view=unit&kinds=VERIFY,NONE',
    '/inbox?view=unit&dueBefore=tomorrow',
    '/inbox?view=unit&after=xyz',
    '/inbox?view=unit&dueBefore=0000-01-01T00:00:00Z',
    `/inbox?view=unit&dueBefore=2026-01-01T00:00:00.${'0'.repeat(200)}Z`,
    '/inbox?view=unit&unit=CAX-OTHER',
    '/inbox?view=unit&holder=head',
    '/inbox/counts',
    '/inbox/counts?view=unit&dueBefore=2026-01-01T00:00:00.000Z',
    '/inbox/counts?view=unit&soonBefore=soon',
  ])('refuses %s', async (path) => {
    expect(problem(await head().get(path))).toMatchObject({ status: 400, code: 'EID_ERR_SHAPE' });
  });

  it('takes a cursor for no other question than its own', async () => {
    const { body } = await head().get('/inbox?view=unit&limit=2');
    const after = encodeURIComponent(body.next);
    expect((await head().get(`/inbox?view=unit&limit=4&after=${after}`)).status).toBe(200);
    const other = await head().get(`/inbox?view=unit&overdue=false&after=${after}`);
    expect(problem(other).code).toBe('EID_ERR_SHAPE');
  });
});

describe('the next task over HTTP', () => {
  const next = (id: string, body: object = {}, key: string = randomUUID()) =>
    as(id).post('/inbox/next', body, { key });

  it('is claimed: the earliest due, with the version of its case', async () => {
    const [first] = await inbox(officers.verifier.id, 'view=unit&free=true');
    const answer = await next(officers.verifier.id);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body).toMatchObject({
      stream: first?.stream,
      caseType: 'registration',
      task: { id: first?.task.id, status: 'CLAIMED', holder: { id: officers.verifier.id } },
    });
    expect(answer.headers.get('etag')).toBe(`"${answer.body.caseVersion}"`);
    expect(names(await inbox(officers.verifier.id, 'view=mine'))).toEqual(names([answer.body]));
    await release(officers.verifier.id, answer.body);
  });

  it('is the same for the same key, whatever happened since; the key is for this caller and wish', async () => {
    const key = randomUUID();
    const first = await next(officers.verifier.id, { kinds: ['VERIFY'] }, key);
    const again = await Promise.all(
      Array.from({ length: 5 }, () => next(officers.verifier.id, { kinds: ['VERIFY'] }, key)),
    );
    for (const answer of again) expect(answer.body).toEqual(first.body);
    await release(officers.verifier.id, first.body);
    const later = await next(officers.verifier.id, { kinds: ['VERIFY'] }, key);
    expect(names([later.body])).toEqual(names([first.body]));
    expect(later.body.task.status).toBe('OPEN');
    expect(await inbox(officers.verifier.id, 'view=mine')).toEqual([]);
    for (const answer of [
      await next(officers.verifier.id, {}, key),
      await next(officers.secondVerifier.id, { kinds: ['VERIFY'] }, key),
    ])
      expect(problem(answer)).toMatchObject({ status: 422, code: 'EID_ERR_KEY_REUSED' });
  });

  it('finishes under the same key what was begun: noted, or sent, before the answer was lost', async () => {
    const key = randomUUID();
    const [, second] = await inbox(officers.verifier.id, 'view=unit&free=true');
    if (!second) throw new Error('nothing to do');
    // What a process leaves behind that died after it noted what it would claim.
    await system().pool.query(
      `insert into orgeid.command_keys (key, actor, stream, type, digest) values ($1, $2, $3, $4, '')`,
      [`${key}.1.offer`, officers.verifier.id, second.stream, `${second.task.version} ${second.task.id}`],
    );
    const answer = await next(officers.verifier.id, {}, key);
    expect(names([answer.body])).toEqual(names([second]));
    expect(answer.body.task.holder.id).toBe(officers.verifier.id);
    await release(officers.verifier.id, answer.body);
  });

  it('is another one when the one that was noted is gone meanwhile', async () => {
    const key = randomUUID();
    const [first] = await inbox(officers.verifier.id, 'view=unit&free=true');
    if (!first) throw new Error('nothing to do');
    await system().pool.query(
      `insert into orgeid.command_keys (key, actor, stream, type, digest) values ($1, $2, $3, $4, '')`,
      [`${key}.1.offer`, officers.verifier.id, first.stream, `${first.task.version} ${first.task.id}`],
    );
    await claim(officers.secondVerifier.id, first);
    const answer = await next(officers.verifier.id, {}, key);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(names([answer.body])).not.toEqual(names([first]));
    await release(officers.verifier.id, answer.body);
    await release(officers.secondVerifier.id, first);
  });

  it('is none for whoever has none to do', async () => {
    for (const { id } of [
      registrant(1),
      officers.desk,
      others.strangerVerifier,
      others.auditor,
      officers.head,
    ]) {
      const answer = await next(id);
      expect([answer.status, answer.body], id).toEqual([204, undefined]);
    }
    expect((await next(officers.verifier.id, { kinds: ['DECIDE'] })).status).toBe(204);
    expect((await next(officers.verifier.id, { overdue: true })).status).toBe(204);
    expect((await next(officers.verifier.id, { dueBefore: '2020-01-01T00:00:00.000Z' })).status).toBe(204);
  });

  it('wants a key and a wish of the right shape', async () => {
    const bad = [
      await next(officers.verifier.id, {}, 'short'),
      await next(officers.verifier.id, {}, `${randomUUID()}.1`),
      await next(officers.verifier.id, { kinds: [] }),
      await next(officers.verifier.id, { kinds: 'VERIFY' }),
      await next(officers.verifier.id, { unit: 'CAX-OTHER' }),
    ];
    for (const answer of bad) expect(problem(answer)).toMatchObject({ status: 400, code: 'EID_ERR_SHAPE' });
  });

  it('goes to one person each, however many ask at once', { timeout: 120_000 }, async () => {
    const people = Array.from({ length: 30 }, (_, i) => ({ id: officer(i + 1).id, key: randomUUID() }));
    const holding = new Map<string, InboxItem>();
    const elsewhere = await edge().addApi();

    /** Sends each key twice at once, to two processes, as an impatient client does. */
    async function ask({ id, key }: { readonly id: string; readonly key: string }): Promise<void> {
      const there = callerAs(edge(), id, { url: elsewhere.url });
      const answers = [next(id, {}, key), there.post('/inbox/next', {}, { key })];
      for (const { status, body } of await Promise.all(answers)) {
        expect([200, 204], JSON.stringify(body)).toContain(status);
        if (status === 204) continue;
        expect(body.task.holder.id).toBe(id);
        expect(names([body])).toEqual(names([holding.get(id) ?? body]));
        holding.set(id, body);
      }
    }
    await Promise.all(people.map(ask));
    // What was offered to somebody a moment ago is kept from others for some seconds.
    await vi.waitFor(
      async () => {
        await Promise.all(people.filter(({ id }) => !holding.has(id)).map(ask));
        expect(holding.size).toBe(LOCAL);
      },
      { timeout: 30_000, interval: 500 },
    );
    expect(new Set(names([...holding.values()])).size).toBe(LOCAL);
    for (const { id, key } of people) {
      const again = await next(id, {}, key);
      expect(again.status).toBe(holding.has(id) ? 200 : 204);
      expect(names(await inbox(id, 'view=mine'))).toEqual(again.body ? names([again.body]) : []);
    }
    await Promise.all([...holding].map(([id, item]) => release(id, item)));
    await expectTruth(system());
  });
});
