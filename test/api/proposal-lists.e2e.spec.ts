import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ItemResult, ProposalItem } from '../../schemas/http/proposals.ts';
import { readStream } from '../../store/read.ts';
import { others } from '../support/edge.ts';
import { type Answer, callerAs, problem } from '../support/http.ts';
import { file, send, streamOf } from '../support/play.ts';
import { officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const DEADLINE_MS = 3_000;
const MANY = 20;
const LIST = 'Danh sách 01/2026';
const path = (list: string) => `/proposal-lists/${encodeURIComponent(list)}`;
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
const item = (n: number, more: object = {}) => ({ stream: streamOf(n), taskId: 'decide-1', ...more });
const toPropose = (n: number) => ({ stream: streamOf(n), taskId: 'propose-1' });

const system = useSystem({
  organisations: MANY + 8,
  api: { ORGEID_RATE_PER_MINUTE: '100000', ORGEID_COMMAND_DEADLINE_MS: String(DEADLINE_MS) },
});
const as = (id: string, service = false) => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return callerAs(edge, id, { service });
};
const director = () => as(officers.director.id);
const proposer = () => as(officers.proposer.id);

/** A patient sender: under the same key again, for as long as something was not answered. */
async function persist(
  who: () => ReturnType<typeof as>,
  to: string,
  body: unknown,
  key: string = randomUUID(),
) {
  for (;;) {
    const answer = await who().post(to, body, { key });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    if (answer.body.unanswered === 0) return answer;
  }
}

const results = ({ body }: Answer): ItemResult[] => body.items;
/** What was said of an item, but for the request that it was said to. */
const said = (answer: Answer) =>
  results(answer).map((one) =>
    one.result === 'DONE' ? one : { ...one, problem: { ...one.problem, correlationId: '' } },
  );
const codes = (answer: Answer) =>
  results(answer).map((one) => (one.result === 'DONE' ? 'DONE' : one.problem.code));

beforeAll(async () => {
  const all = numbers(1, MANY + 8);
  await Promise.all(all.map((n) => file(system(), n)));
  await Promise.all(all.map((n) => system().watch.untilStatus(streamOf(n), 'PENDING_PROPOSAL')));
});

describe('a proposal list', () => {
  it('is made of many requests at once by an officer of C06, and by nobody else', async () => {
    const body = { note: 'đủ điều kiện', items: numbers(1, MANY).map(toPropose) };
    for (const one of [
      officers.desk,
      officers.head,
      officers.director,
      officers.callCentre,
      registrant(1),
      others.auditor,
    ]) {
      const refused = await as(one.id).post(`${path(LIST)}/proposals`, body);
      expect(problem(refused), one.id).toMatchObject({ status: 403, code: 'EID_ERR_FORBIDDEN' });
    }
    expect(problem(await as('authority-system', true).post(`${path(LIST)}/proposals`, body)).status).toBe(
      403,
    );

    const key = randomUUID();
    const answer = await persist(proposer, `${path(LIST)}/proposals`, body, key);
    expect(answer.body).toMatchObject({ done: MANY, refused: 0, unanswered: 0 });
    expect(results(answer).map(({ stream }) => stream)).toEqual(numbers(1, MANY).map(streamOf));
    const again = await proposer().post(`${path(LIST)}/proposals`, body, { key });
    expect(again.body).toEqual(answer.body);
    const [first] = results(answer);
    const events = await readStream(system().pool, streamOf(1));
    const proposed = events.filter(({ commandId }) => commandId === first?.commandId);
    expect(proposed.find(({ type }) => type === 'IssuanceProposed')?.data).toEqual({
      list: LIST,
      note: 'đủ điều kiện',
    });
    expect(first).toMatchObject({ result: 'DONE', version: proposed.at(-1)?.version });
  });

  it('is read by C06 and the auditor, and by nobody else', async () => {
    await persist(proposer, `${path('DS-02')}/proposals`, { items: [toPropose(MANY + 1)] });
    for (const one of [officers.director, officers.proposer, others.auditor]) {
      const { status, body } = await as(one.id).get('/proposal-lists');
      expect(status, JSON.stringify(body)).toBe(200);
      expect(body.items).toMatchObject([
        { list: 'DS-02', waiting: 1, overdue: 0 },
        { list: LIST, waiting: MANY, overdue: 0 },
      ]);
    }
    const { body } = await director().get('/proposal-lists?limit=1');
    expect(body.items).toHaveLength(1);
    const rest = await director().get(`/proposal-lists?limit=1&after=${body.next}`);
    expect(rest.body.items).toMatchObject([{ list: LIST }]);
    for (const one of [
      officers.desk,
      officers.verifier,
      officers.head,
      others.provinceHead,
      officers.callCentre,
      registrant(1),
      others.authority,
    ])
      for (const to of ['/proposal-lists', path(LIST), path('none')])
        expect(problem(await as(one.id).get(to)), `${one.id} ${to}`).toMatchObject({
          status: 403,
          code: 'EID_ERR_FORBIDDEN',
        });
    expect(problem(await as('registry-business', true).get(path(LIST))).status).toBe(403);
  });

  it('tells what the decision rests on, page by page in one order', async () => {
    const found: ProposalItem[] = [];
    for (let after = ''; ; ) {
      const { status, body } = await director().get(`${path(LIST)}?limit=7${after}`);
      expect(status, JSON.stringify(body)).toBe(200);
      found.push(...body.items);
      if (body.next === undefined) break;
      after = `&after=${body.next}`;
    }
    expect(found.map(({ stream }) => stream).sort()).toEqual(numbers(1, MANY).map(streamOf).sort());
    const due = found.map(({ task }) => String(task.dueAt));
    expect(due).toEqual([...due].sort());
    for (const one of found) {
      expect(one).toMatchObject({
        status: 'PENDING_APPROVAL',
        verificationUnit: 'CAX-TEST',
        route: 'DIRECT',
      });
      expect(one.task).toMatchObject({ id: 'decide-1', kind: 'DECIDE', about: LIST, status: 'OPEN' });
      expect(one.checks).toContainEqual({ registry: 'BUSINESS', status: 'ANSWERED', outcome: 'MATCH' });
      expect(one.organisation.representative).toMatch(/^Nguyễn Văn/);
    }
    expect(JSON.stringify(found)).not.toMatch(/\b\d{12}\b/);
    expect((await director().get(path('nobody’s'))).body).toEqual({ items: [] });
    const elsewhere = await director().get(`${path('DS-02')}?after=bm90LWEtY3Vyc29y`);
    expect(problem(elsewhere).code).toBe('EID_ERR_SHAPE');
  });
});

describe('decisions on many requests at once', () => {
  const key = randomUUID();
  const bad = new Map([
    [4, { ifVersion: 1 }],
    [9, { taskId: 'decide-9' }],
    [14, { decision: 'REFUSE' }],
  ]);
  const body = { decision: 'APPROVE', items: numbers(1, MANY).map((n) => item(n, bad.get(n))) };
  let first: Answer;

  it('are the Director’s; of twenty with three bad ones and one decided meanwhile the others stand', async () => {
    for (const one of [officers.proposer, officers.head, registrant(1), others.auditor]) {
      const refused = await as(one.id).post(`${path(LIST)}/decisions`, body, {
        key: `${one.id}-${key}`.slice(-60),
      });
      expect(problem(refused), one.id).toMatchObject({ status: 403, code: 'EID_ERR_FORBIDDEN' });
    }
    const meanwhile = { taskId: 'decide-1', decision: 'SEND_BACK', reasons: ['ADDRESS_MISMATCH'] };
    await send(system(), streamOf(17), officers.director, 'DecideRequest', meanwhile);

    first = await persist(director, `${path(LIST)}/decisions`, body, key);
    const expected = numbers(1, MANY).map((n) => {
      if (n === 4) return 'EID_ERR_VERSION';
      if (n === 9) return 'EID_ERR_TASK_UNKNOWN';
      if (n === 14) return 'EID_ERR_REASON_MISSING';
      return n === 17 ? 'EID_ERR_OUT_OF_PLACE' : 'DONE';
    });
    expect(codes(first)).toEqual(expected);
    expect(first.body).toMatchObject({ done: MANY - 4, refused: 4, unanswered: 0 });
    for (const one of results(first))
      if (one.result !== 'DONE') {
        expect(one.problem.status).toBeGreaterThanOrEqual(400);
        expect(one.problem.title).toMatch(/\.$/);
      }
    const fine = numbers(1, MANY).filter((_, i) => expected[i] === 'DONE');
    await Promise.all(fine.map((n) => system().watch.untilStatus(streamOf(n), 'COMPLETED')));
    const { body: lists } = await director().get('/proposal-lists');
    expect(lists.items).toMatchObject([{ list: 'DS-02' }, { list: LIST, waiting: 3 }]);
  });

  it('give the same results under the same key, and nothing happens twice', async () => {
    // Not all events: the accounts that were just opened go on with their notices.
    const count = async () => {
      const { rows } = await system().pool.query(
        `select count(*) filter (where stream like 'registration-%') as events, count(distinct stream) as streams
         from orgeid.events`,
      );
      return rows;
    };
    const before = await count();
    const [second, third] = await Promise.all([
      director().post(`${path(LIST)}/decisions`, body, { key }),
      director().post(`${path(LIST)}/decisions`, body, { key }),
    ]);
    expect(said(second)).toEqual(said(first));
    expect(said(third)).toEqual(said(first));
    expect(await count()).toEqual(before);
  });

  it('told to be refused stay so under that key, also when they would now be taken; another key takes them', async () => {
    const list = { decision: 'SEND_BACK', reasons: ['ADDRESS_MISMATCH'], items: [item(14)] };
    const other = await director().post(`${path(LIST)}/decisions`, list, { key });
    expect(problem(other)).toMatchObject({ status: 422, code: 'EID_ERR_KEY_REUSED' });
    const mended = { decision: 'APPROVE', items: [item(4), item(9), item(14)] };
    expect((await persist(director, `${path(LIST)}/decisions`, mended)).body).toMatchObject({ done: 3 });
    const again = await director().post(`${path(LIST)}/decisions`, body, { key });
    expect(said(again)).toEqual(said(first));
    await Promise.all([4, 9, 14].map((n) => system().watch.untilStatus(streamOf(n), 'COMPLETED')));
  });

  it('are of the list that is named, or of whatever list where none is', async () => {
    const n = MANY + 1;
    const wrong = {
      decision: 'APPROVE',
      items: [item(n), { stream: 'registration-none', taskId: 'decide-1' }],
    };
    const answer = await persist(director, `${path(LIST)}/decisions`, wrong);
    expect(codes(answer)).toEqual(['EID_ERR_NOT_ON_LIST', 'EID_ERR_CASE_UNKNOWN']);
    const right = await persist(director, '/registrations/decisions', wrong);
    expect(codes(right)).toEqual(['DONE', 'EID_ERR_CASE_UNKNOWN']);
    expect(problem(await proposer().post('/registrations/decisions', wrong)).code).toBe('EID_ERR_FORBIDDEN');
  });

  it('have a shape', async () => {
    const bodies = [
      { decision: 'APPROVE', items: [] },
      { decision: 'APPROVE', items: [item(1), item(1)] },
      { decision: 'APPROVE', items: [{ stream: 'account-1', taskId: 'x' }] },
      { decision: 'PERHAPS', items: [item(1)] },
    ];
    for (const one of bodies)
      expect(problem(await director().post('/registrations/decisions', one)).code).toBe('EID_ERR_SHAPE');
    const keyless = await director().post('/registrations/decisions', bodies[0], {
      headers: { 'idempotency-key': 'x' },
    });
    expect(problem(keyless).code).toBe('EID_ERR_SHAPE');
  });
});

describe('what became of a command', () => {
  it('is told to its sender by the key, with the version, and to nobody else', async () => {
    const key = randomUUID();
    const to = `/registrations/${streamOf(MANY + 2)}/withdraw-request`;
    const owner = as(registrant(MANY + 2).id);
    const unknown = { status: 404, code: 'EID_ERR_COMMAND_KEY_UNKNOWN' };
    expect(problem(await owner.get(`/commands/${key}`))).toMatchObject(unknown);
    const done = await owner.post(to, {}, { key });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const standing = await owner.get(`/commands/${key}`);
    expect(standing.body).toMatchObject({
      key,
      stream: streamOf(MANY + 2),
      type: 'WithdrawRequest',
      outcome: 'RECORDED',
      version: done.body.version,
    });
    expect(problem(await director().get(`/commands/${key}`))).toMatchObject(unknown);
    expect(problem(await owner.get('/commands/x')).code).toBe('EID_ERR_SHAPE');
    const refused = randomUUID();
    expect(problem(await owner.post(to, {}, { key: refused })).status).toBe(409);
    expect(problem(await owner.get(`/commands/${refused}`))).toMatchObject(unknown);
  });

  it('can be asked where the answer that did not come says, item by item; the same key finishes what was interrupted', async () => {
    const many = numbers(MANY + 3, 5);
    await persist(proposer, `${path('DS-03')}/proposals`, { items: many.map(toPropose) });
    const [refused = 0] = many;
    const body = {
      decision: 'APPROVE',
      items: many.map((n) => item(n, n === refused ? { taskId: 'decide-9' } : {})),
    };
    const key = randomUUID();
    await Promise.all(system().workers.map((worker) => worker.kill()));

    const answer = await director().post(`${path('DS-03')}/decisions`, body, { key });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body).toMatchObject({ done: 0, refused: 1, unanswered: 4 });
    for (const one of results(answer).slice(1)) {
      if (one.result === 'DONE') throw new Error('nobody could do it');
      const { standing } = one.problem.details;
      expect(one.problem).toMatchObject({ status: 503, code: 'EID_ERR_UNAVAILABLE' });
      expect(standing).toBe(`/v1/commands/${one.commandId}`);
      const { body: found } = await director().get(`/commands/${one.commandId}`);
      expect(found).toMatchObject({ stream: one.stream, type: 'DecideRequest', outcome: 'NOT_RECORDED' });
    }
    const alone = randomUUID();
    const single = await as(registrant(MANY + 8).id).post(
      `/registrations/${streamOf(MANY + 8)}/withdraw-request`,
      {},
      { key: alone },
    );
    expect(problem(single)).toMatchObject({
      status: 503,
      details: { commandId: alone, standing: `/v1/commands/${alone}` },
    });
    expect(single.headers.get('location')).toBe(`/v1/commands/${alone}`);
    expect(Number(single.headers.get('retry-after'))).toBeGreaterThan(0);

    await system().addWorker();
    const twice = () => persist(director, `${path('DS-03')}/decisions`, body, key);
    const [finished, twin] = await Promise.all([twice(), twice()]);
    expect(said(twin)).toEqual(said(finished));
    expect(codes(finished)).toEqual(['EID_ERR_TASK_UNKNOWN', 'DONE', 'DONE', 'DONE', 'DONE']);
    const [, one] = results(finished);
    const { body: found } = await director().get(`/commands/${one?.commandId}`);
    expect(found).toMatchObject({ outcome: 'RECORDED', version: one && 'version' in one ? one.version : 0 });
    await expectTruth(system());
  });
});
