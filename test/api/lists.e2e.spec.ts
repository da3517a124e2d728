import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseEvent, CaseItem } from '../../schemas/http/lists.ts';
import { others } from '../support/edge.ts';
import { callerAs, problem } from '../support/http.ts';
import { issue, send, streamOf } from '../support/play.ts';
import { codeOf, dossierOf, filingOf, jurisdiction, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';

const system = useSystem({
  organisations: 6,
  absent: new Set([1]),
  api: { ORGEID_RATE_PER_MINUTE: '100000' },
});
const as = (id: string) => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return callerAs(edge, id);
};
const ORDER = 'lock-order-lists';
const joint = streamOf(1);
const insiders = [officers.verifier, officers.head, officers.proposer, others.auditor];

async function ok(id: string, path: string) {
  const answer = await as(id).get(path);
  expect(answer.status, `${id} ${path} ${JSON.stringify(answer.body)}`).toBe(200);
  return answer.body;
}

async function pages<Item>(id: string, path: string): Promise<Item[]> {
  const found: Item[] = [];
  for (let after = ''; ; ) {
    const { items, next } = await ok(id, `${path}${after}`);
    found.push(...items);
    if (next === undefined) return found;
    after = `&after=${encodeURIComponent(next)}`;
  }
}
const streamsOf = async (id: string, path: string) =>
  (await pages<CaseItem>(id, path)).map(({ stream }) => stream);
const events = (id: string, path: string) => pages<CaseEvent>(id, `${path}/events?limit=100`);
const accountOf = async (n: number): Promise<string> =>
  (await ok(registrant(n).id, `/registrations/${streamOf(n)}`)).state.account;

beforeAll(async () => {
  const representative = {
    id: others.representative.id,
    name: 'Người đại diện khác',
    number: '000099999999',
    nationality: 'VN',
  };
  const dossier = { ...dossierOf(1), otherRepresentatives: [representative] };
  await send(system(), joint, registrant(1), 'FileRequest', { ...filingOf(1), dossier });
  await send(system(), joint, others.representative, 'GiveConsent', {});
  await issue(system(), 2);
  for (const n of [3, 4, 5]) {
    await send(system(), streamOf(n), registrant(2), 'DraftDossier', {
      ...filingOf(n),
      registrantId: registrant(2).id,
    });
  }
  await send(system(), ORDER, officers.desk, 'FileLockOrder', {
    channel: 'IN_PERSON_TK03',
    form: {
      action: 'LOCK',
      authority: { kind: 'PROCEEDING_AGENCY', contact: { id: others.authority.id, name: 'Viện kiểm sát' } },
      number: '77',
      organisation: 'Công ty TNHH Thử Nghiệm 9',
      document: { number: '12/QĐ', date: '2025-02-28' },
      reason: 'thử nghiệm',
    },
    reception: jurisdiction.reception,
    catalogueVersion: jurisdiction.catalogueVersion,
  });
  await send(system(), ORDER, officers.head, 'ForwardLockOrder', {
    taskId: 'forward-order-1',
    note: 'ghi chú nội bộ',
  });
  await system().watch.untilStatus(joint, 'LOCAL_VERIFICATION');
  await send(system(), joint, officers.verifier, 'ClaimTask', { taskId: 'verify-1' });
});

describe('the cases that name the caller', () => {
  it('are found by whoever registers, represents, owns or orders; the newest first', async () => {
    expect(await streamsOf(registrant(1).id, '/registrations?limit=10')).toEqual([joint]);
    expect(await streamsOf(others.representative.id, '/registrations?limit=10')).toEqual([joint]);
    const drafts = [5, 4, 3, 2].map(streamOf);
    expect(await streamsOf(registrant(2).id, '/registrations?limit=10')).toEqual(drafts);
    for (const limit of [1, 2, 3])
      expect(await streamsOf(registrant(2).id, `/registrations?limit=${limit}`)).toEqual(drafts);
    expect(await streamsOf(registrant(2).id, '/registrations?closed=true')).toEqual([streamOf(2)]);
    expect(await streamsOf(registrant(2).id, '/registrations?closed=false')).toEqual(drafts.slice(0, 3));
    expect(await streamsOf(registrant(2).id, '/accounts?limit=1')).toEqual([await accountOf(2)]);
    expect(await streamsOf(others.authority.id, '/lock-orders?limit=1')).toEqual([ORDER]);
  });

  it('are none of anybody else, and none of those who act in an office', async () => {
    for (const { id } of [
      registrant(6),
      ...insiders,
      officers.desk,
      others.strangerDesk,
      officers.callCentre,
    ])
      for (const list of ['registrations', 'accounts', 'lock-orders'])
        expect(await ok(id, `/${list}`), `${id} ${list}`).toEqual({ items: [] });
    expect(await ok(others.authority.id, '/registrations')).toEqual({ items: [] });
    expect(await ok(registrant(1).id, '/lock-orders')).toEqual({ items: [] });
  });

  it('are listed as the answer to the last command left them, and keep their places', async () => {
    const before = await ok(registrant(2).id, '/registrations?limit=2');
    const done = await as(registrant(2).id).post(`/registrations/${streamOf(5)}/withdraw-request`, {});
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const [first] = (await ok(registrant(2).id, '/registrations')).items;
    expect(first).toMatchObject({ stream: streamOf(5), version: done.body.version, status: 'WITHDRAWN' });
    const after = encodeURIComponent(before.next);
    expect(await streamsOf(registrant(2).id, `/registrations?after=${after}`)).toEqual([3, 2].map(streamOf));
  });

  it.each([
    '/registrations?limit=0',
    '/registrations?limit=101',
    '/registrations?closed=1',
    '/registrations?after=x',
    '/registrations?registrant=registrant-1',
    '/registrations/registration-t1/events?after=-1',
    '/registrations/registration-t1/events?after=x',
    '/registrations/registration-t1/events?limit=201',
    '/registrations/registration-t1/events?all=true',
    '/search',
    '/search?text=',
    '/search?text=%20',
    '/search?text=a%00b',
    '/search?text=a&types=everything',
    '/search?text=a&limit=101',
    '/search?text=a&after=x',
    '/search?text=a&unit=C06',
    `/search?text=${'a'.repeat(201)}`,
  ])('are not asked for by %s', async (path) => {
    expect(problem(await as(registrant(1).id).get(path))).toMatchObject({
      status: 400,
      code: 'EID_ERR_SHAPE',
    });
  });
});

describe('what those outside the offices are shown of a case', () => {
  const officerNames = Object.values(officers).map(({ name }) => name);

  it('has no officer in it: not the case, not the list, not the events', async () => {
    const views = [
      [registrant(1).id, 'registrations', joint],
      [others.representative.id, 'registrations', joint],
      [registrant(2).id, 'registrations', streamOf(2)],
      [registrant(2).id, 'accounts', await accountOf(2)],
      [others.authority.id, 'lock-orders', ORDER],
    ] as const;
    for (const [id, list, stream] of views) {
      const seen = [
        await ok(id, `/${list}/${stream}`),
        await ok(id, `/${list}`),
        await events(id, `/${list}/${stream}`),
      ];
      for (const part of seen) {
        const words = new Set(JSON.stringify(part).match(/"[^"]*"/g));
        for (const name of officerNames)
          expect(words.has(`"${name}"`), `${id} sees ${name} in ${list}`).toBe(false);
        expect(JSON.stringify(part)).not.toContain('ghi chú nội bộ');
      }
    }
  });

  it('says who is at work by unit and role, and whom it waits for', async () => {
    const { state, waits } = await ok(registrant(1).id, `/registrations/${joint}`);
    expect(state.tasks.at(-1)).toMatchObject({
      role: 'VERIFICATION_OFFICER',
      units: ['CAX-TEST'],
      status: 'CLAIMED',
    });
    expect(waits).toMatchObject([{ kind: 'TASK', owner: 'CAX-TEST', what: 'VERIFY' }]);
    expect(state.dossier.registrant.number).toBe(dossierOf(1).registrant.number);
    const theirs = await ok(others.representative.id, `/registrations/${joint}`);
    expect(theirs.state.dossier.registrant.number).toBe('***');
    expect(theirs.state.dossier.otherRepresentatives[0].number).toBe('000099999999');
    const inside = await ok(officers.head.id, `/registrations/${joint}`);
    expect(inside.state.tasks.at(-1).holder).toMatchObject({ id: officers.verifier.id });
    expect(inside.waits).toMatchObject([{ owner: officers.verifier.name }]);
  });

  it('is what happened, in order, from the version that one knows', async () => {
    const path = `/registrations/${streamOf(2)}`;
    const all = await events(officers.proposer.id, path);
    expect(all.map(({ version }) => version)).toEqual(all.map((_, i) => i + 1));
    const etag = (await as(officers.proposer.id).get(`${path}/events`)).headers.get('etag');
    expect(etag).toBe(`"${all.length}"`);
    const own = await events(registrant(2).id, path);
    expect(own.map(({ type }) => type)).toEqual(
      all
        .filter(({ type }) => !type.startsWith('Task') && type !== 'FindingsRecorded')
        .map(({ type }) => type),
    );
    expect(own.map(({ type }) => type)).toContain('AccountIssued');
    for (const limit of [1, 3, 7]) {
      expect(await pages(registrant(2).id, `${path}/events?limit=${limit}`)).toEqual(own);
      expect(await pages(officers.proposer.id, `${path}/events?limit=${limit}`)).toEqual(all);
    }
    const later = await ok(registrant(2).id, `${path}/events?after=${all.length}`);
    expect(later).toEqual({ items: [] });
  });

  it('is nothing to whoever may not read the case', async () => {
    for (const { id } of [registrant(3), others.strangerDesk, others.authority])
      for (const stream of [joint, 'registration-none'])
        expect(problem(await as(id).get(`/registrations/${stream}/events`))).toMatchObject({
          status: 404,
          code: 'EID_ERR_CASE_UNKNOWN',
          details: { stream },
        });
  });
});

describe('a search over HTTP', () => {
  const found = async (id: string, query: string) =>
    (await pages<CaseItem>(id, `/search?limit=2&${query}`)).map(({ stream }) => stream);
  const name = `text=${encodeURIComponent('cong ty tnhh thu nghiem')}`;

  it('finds by name without diacritics, by code and by number', async () => {
    const id = officers.proposer.id;
    expect(await found(id, `text=${encodeURIComponent('THỬ nghiem 1')}`)).toEqual([joint]);
    expect(await found(id, `text=${codeOf(1)}`)).toEqual([joint]);
    const { number } = (await ok(id, `/accounts/${await accountOf(2)}`)).state;
    expect(await found(id, `text=${number}`)).toEqual(
      expect.arrayContaining([await accountOf(2), streamOf(2)]),
    );
    for (const odd of ['%EF%BF%BD', "'%20%7C%20!x:*", '%5C'])
      expect(await found(id, `text=${odd}`)).toEqual([]);
    expect(await found(id, `${name}&types=account`)).toEqual([await accountOf(2)]);
    expect(new Set(await found(id, `${name}&types=account,lock-order`))).toEqual(
      new Set([await accountOf(2), ORDER]),
    );
  });

  it('finds for everybody no more than they may read, each once', async () => {
    const everybody = [
      ...Object.values(officers),
      ...Object.values(others),
      ...Array.from({ length: 6 }, (_, i) => registrant(i + 1)),
    ];
    const all = await found(others.auditor.id, name);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(7);
    const collection = (stream: string) =>
      stream.startsWith('account') ? 'accounts' : stream.startsWith('lock') ? 'lock-orders' : 'registrations';
    for (const { id } of everybody) {
      const hits = await found(id, name);
      expect(new Set(hits).size).toBe(hits.length);
      const readable = await Promise.all(
        all.map(async (stream) => (await as(id).get(`/${collection(stream)}/${stream}`)).status === 200),
      );
      for (const stream of hits) expect(readable[all.indexOf(stream)], `${id} finds ${stream}`).toBe(true);
    }
    expect(await found(registrant(1).id, name)).toEqual([joint]);
    expect(await found(others.representative.id, name)).toEqual([joint]);
    expect(await found(others.authority.id, name)).toEqual([ORDER]);
    expect(await found(others.strangerHead.id, name)).toEqual([]);
    expect(await found(others.provinceVerifier.id, name)).toEqual([]);
    expect(await found(officers.verifier.id, name)).toContain(joint);
  });
});
