import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { InboxChange, InboxItem } from '../../schemas/inbox.ts';
import { others } from '../support/edge.ts';
import { callerAs, problem } from '../support/http.ts';
import { startIssuer } from '../support/issuer.ts';
import { file, streamOf } from '../support/play.ts';
import { officers, registrant } from '../support/requests.ts';
import { type EventStream, readEvents } from '../support/sse.ts';
import { useSystem } from '../support/system.ts';

/** Organisations that no registry knows: each request waits for the commune police to verify it. */
const LOCAL = 6;
const system = useSystem({
  organisations: LOCAL,
  absent: new Set(Array.from({ length: LOCAL }, (_, i) => i + 1)),
  api: {
    ORGEID_RATE_PER_MINUTE: '100000',
    ORGEID_STREAM_HEARTBEAT_MS: '200',
    ORGEID_STREAM_PACE_MS: '20',
    ORGEID_STREAMS_PER_CALLER: '3',
  },
});
const edge = () => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return edge;
};
const as = (id: string) => callerAs(edge(), id);
const verifier = () => as(officers.verifier.id);

const open: EventStream[] = [];
afterEach(async () => {
  for (const stream of open) stream.cut();
  await Promise.all(open.splice(0).map(({ ended }) => ended));
  // The places of those that were cut are free again.
  await vi.waitFor(async () => (await follow(officers.verifier.id)).cut(), { timeout: 10_000 });
});

type Following = { readonly query?: string; readonly lastId?: string; readonly url?: string };

async function follow(
  id: string,
  { query = '', lastId, url = edge().api.url }: Following = {},
): Promise<EventStream> {
  const stream = await readEvents(`${url}/v1/inbox/events${query}`, {
    authorization: await edge().wallet.person(id),
    ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
  });
  open.push(stream);
  expect(stream.status).toBe(200);
  return stream;
}

const changes = ({ events }: EventStream): InboxChange[] => events.map(({ data }) => JSON.parse(data));
const until = (holds: () => void) => vi.waitFor(holds, { timeout: 20_000, interval: 20 });

const list = async (id: string, view = 'unit') => (await as(id).get(`/inbox?view=${view}&limit=200`)).body;
const command = async (
  id: string,
  type: 'claim' | 'release',
  { stream, task }: Pick<InboxItem, 'stream' | 'task'>,
) => {
  const answer = await as(id).post(`/registrations/${stream}/${type}-task`, { taskId: task.id });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};

/** What a client holds that listed the inbox and then took every change: status by task. */
function folded(items: readonly InboxItem[], taken: readonly InboxChange[]): Map<string, string> {
  const held = new Map(items.map(({ stream, task }) => [`${stream}/${task.id}`, task.status as string]));
  for (const { tasks } of taken)
    for (const { stream, task, views } of tasks)
      if (views.includes('unit')) held.set(`${stream}/${task.id}`, task.status);
      else held.delete(`${stream}/${task.id}`);
  return held;
}

beforeAll(async () => {
  const streams = Array.from({ length: LOCAL - 2 }, (_, i) => i + 1);
  await Promise.all(streams.map((n) => file(system(), n)));
  await Promise.all(streams.map((n) => system().watch.untilStatus(streamOf(n), 'LOCAL_VERIFICATION')));
});

describe('an inbox that is followed', () => {
  it('sends what changes from the position of a list on, in order, each once', async () => {
    const { items, position } = await list(officers.verifier.id);
    const [first, second] = items;
    await command(officers.verifier.id, 'claim', first); // before anybody listens
    const stream = await follow(officers.verifier.id, { query: `?after=${position}` });
    expect(stream.contentType).toMatch(/^text\/event-stream/);
    await until(() => expect(stream.events).toHaveLength(1));
    await command(officers.verifier.id, 'claim', second);
    await until(() => expect(stream.events).toHaveLength(2));
    await command(officers.verifier.id, 'release', first);
    await command(officers.verifier.id, 'release', second);
    await until(() => expect(folded(items, changes(stream))).toEqual(folded(items, [])));

    for (const { id, event, data } of stream.events) {
      expect(event).toBe('inbox');
      expect(JSON.parse(data).position).toBe(Number(id));
    }
    const positions = stream.events.map(({ id }) => Number(id));
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    expect(positions.every((at) => at > position)).toBe(true);
    expect(changes(stream)[0]?.tasks[0]).toMatchObject({ stream: first.stream, views: ['mine', 'unit'] });
  });

  it('goes on after a cut without loss: what it sent is what the list shows', async () => {
    const { items, position } = await list(officers.verifier.id);
    const taken: InboxChange[] = [];
    let lastId = String(position);
    for (let turn = 0; turn < 6; turn += 1) {
      const stream = await follow(officers.verifier.id, { query: '?after=0', lastId });
      const item = items[turn % items.length];
      const who = turn % 2 === 0 ? officers.verifier.id : officers.secondVerifier.id;
      await command(who, 'claim', item);
      await until(() => expect(stream.events.length).toBeGreaterThan(0));
      stream.cut();
      await stream.ended;
      taken.push(...changes(stream));
      lastId = stream.lastId() ?? lastId;
      await command(who, 'release', item); // nobody listens
    }
    const last = await follow(officers.verifier.id, { lastId });
    const now = await list(officers.verifier.id);
    await until(() => expect(folded(items, [...taken, ...changes(last)])).toEqual(folded(now.items, [])));
    const ids = [...taken, ...changes(last)].map((change) => change.position);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  });

  it('begins at the present without a position, tells it at once, and shows that it lives', async () => {
    const stream = await follow(officers.verifier.id);
    const { position } = await list(officers.verifier.id);
    await until(() => expect(stream.lastId()).toBe(String(position)));
    await until(() => expect(stream.comments()).toBeGreaterThan(2));
    expect(stream.events).toEqual([]);
    await file(system(), LOCAL);
    await until(() => expect(changes(stream).at(-1)?.tasks[0]).toMatchObject({ stream: streamOf(LOCAL) }));
  });

  it('tells nobody what is not for them', async () => {
    const { position } = await list(officers.verifier.id);
    const query = `?after=${position}`;
    const strangers = [registrant(1), others.strangerHead, others.auditor, officers.desk];
    const quiet = await Promise.all(strangers.map(({ id }) => follow(id, { query })));
    const province = await follow(others.provinceHead.id, { query });
    const [item] = (await list(officers.verifier.id)).items;
    await command(officers.verifier.id, 'claim', item);
    await command(officers.verifier.id, 'release', item);
    await until(() => expect(changes(province).at(-1)?.tasks[0]).toMatchObject({ views: ['below'] }));
    const after = (await list(officers.verifier.id)).position;
    const beats = quiet.map((stream) => stream.comments());
    await until(() =>
      quiet.forEach((stream, i) => {
        expect(stream.comments()).toBeGreaterThan((beats[i] ?? 0) + 1);
      }),
    );
    expect(after).toBeGreaterThan(position);
    for (const stream of quiet) expect(stream.events).toEqual([]);
  });

  it('refuses bad positions, callers without a token, and more streams than one may have', async () => {
    for (const path of ['?after=-1', '?after=now', '?after=999999999999', '?view=unit', '?after=1&after=2'])
      expect(problem(await verifier().get(`/inbox/events${path}`)), path).toMatchObject({
        status: 400,
        code: 'EID_ERR_SHAPE',
      });
    for (const lastId of ['x', '-1', '999999999999'])
      expect(problem(await verifier().get('/inbox/events', { 'last-event-id': lastId })).status).toBe(400);
    const nobody = await fetch(`${edge().api.url}/v1/inbox/events`);
    expect(nobody.status).toBe(401);
    await nobody.body?.cancel();

    for (let i = 0; i < 3; i += 1) await follow(officers.head.id);
    const more = await as(officers.head.id).get('/inbox/events');
    expect(problem(more)).toMatchObject({ status: 429, code: 'EID_ERR_TOO_MANY' });
    open.at(-1)?.cut();
    await vi.waitFor(() => follow(officers.head.id), { timeout: 10_000 });
  });

  it('ends with the token', { timeout: 60_000 }, async () => {
    const issuer = await startIssuer();
    try {
      const file = join(system().dataDir, 'short.yaml');
      const trusted = { issuer: issuer.issuer, audience: edge().audience, jwks: issuer.jwks };
      writeFileSync(file, JSON.stringify({ issuers: [trusted] }));
      const { url } = await edge().addApi({ ORGEID_IDENTITY_FILE: file });
      const exp = Math.floor(Date.now() / 1000) + 3;
      const claims = { iss: issuer.issuer, aud: edge().audience, sub: 'short', exp, roles: ['REGISTRANT'] };
      const authorization = `Bearer ${await issuer.sign(claims)}`;
      const stream = await readEvents(`${url}/v1/inbox/events`, { authorization });
      expect(stream.status).toBe(200);
      expect(await stream.ended).toBe('BY_SERVER');
      expect(Math.abs(Date.now() - exp * 1000)).toBeLessThan(2_000);
    } finally {
      await issuer.stop();
    }
  });

  it('ends when the process stops, and goes on at the next one', { timeout: 60_000 }, async () => {
    const second = await edge().addApi();
    const stream = await follow(officers.verifier.id, { url: second.url });
    await until(() => expect(stream.lastId()).toBeDefined());
    const began = Date.now();
    await second.stop();
    expect(await stream.ended).toBe('BY_SERVER');
    expect(Date.now() - began).toBeLessThan(10_000);
    const lastId = stream.lastId() ?? '';
    const [item] = (await list(officers.verifier.id)).items;
    const claimed = await verifier().post('/inbox/next', {}, { key: randomUUID() });
    expect(claimed.status).toBe(200);
    const resumed = await follow(officers.verifier.id, { lastId });
    await until(() => expect(changes(resumed).at(-1)?.tasks[0]?.views).toEqual(['mine', 'unit']));
    expect(item).toBeDefined();
    await command(officers.verifier.id, 'release', claimed.body);
  });
});
