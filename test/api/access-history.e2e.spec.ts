import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccessEntry, SubjectAccess } from '../../schemas/access-history.ts';
import { verifyAccessHistory } from '../../store/access-history/verify.ts';
import { others } from '../support/edge.ts';
import { callerAs, problem } from '../support/http.ts';
import { issue, streamOf } from '../support/play.ts';
import { dossierOf, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';

const system = useSystem({ organisations: 4, api: {} });
const as = (id: string) => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return callerAs(edge, id);
};
const auditor = () => as(others.auditor.id);
const history = async (query: string): Promise<AccessEntry[]> => {
  const { status, body } = await auditor().get(`/access-history?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.entries.map(({ entry }: { entry: AccessEntry }) => entry);
};

describe('who read or did what', () => {
  it('is known of commands, taken and refused, before they are answered', async () => {
    const key = randomUUID();
    const filed = await as(registrant(1).id).post(
      '/registrations',
      { channel: 'VNEID_APP', dossier: dossierOf(1) },
      { key },
    );
    const { stream } = filed.body;
    await as(others.strangerHead.id).post(`/registrations/${stream}/withdraw-request`, {});
    await as(officers.head.id).post(`/registrations/${stream}/withdraw-request`, {});
    const entries = await history(`stream=${stream}&action=COMMAND`);
    expect(
      entries.map(({ actor, outcome, ground }) => [actor.id, outcome, ground.rows, ground.relations]),
    ).toEqual([
      [officers.head.id, { result: 'REFUSED', code: 'EID_ERR_FORBIDDEN' }, [], ['UNIT']],
      [others.strangerHead.id, { result: 'REFUSED', code: 'EID_ERR_CASE_UNKNOWN' }, [], ['NONE']],
      [registrant(1).id, { result: 'DONE' }, ['request-opens-on-vneid'], ['OPENER']],
    ]);
    expect(entries.at(-1)).toMatchObject({ command: { type: 'FileRequest', id: key }, what: { stream } });
  });

  it('is known of what was read, found and listed, without personal numbers', async () => {
    await issue(system(), 2);
    const number = dossierOf(2).registrant.number;
    await as(officers.proposer.id).get(`/registrations/${streamOf(2)}`);
    await as(officers.proposer.id).get(`/registrations/${streamOf(2)}/events`);
    await as(officers.proposer.id).get(`/search?text=${number}`);
    await as(registrant(2).id).get('/registrations');
    const read = await history(`actorId=${officers.proposer.id}&action=READ,SEARCH`);
    expect(read.map(({ action }) => action)).toEqual(['SEARCH', 'READ', 'READ']);
    expect(JSON.stringify(read)).not.toContain(number);
    expect(read.at(-1)).toMatchObject({
      what: { stream: streamOf(2), caseType: 'registration' },
      ground: { rows: ['request-at-c06'], relations: ['C06'] },
    });
    const [list] = await history(`actorId=${registrant(2).id}&action=LIST`);
    expect(list).toMatchObject({
      what: { results: 1 },
      ground: { rows: expect.arrayContaining(['request-of-the-registrant']) },
    });
  });

  it('is known of inboxes, of the next task, and of what it led to', async () => {
    const head = as(officers.head.id);
    await head.get('/inbox?view=unit');
    await head.get('/inbox/counts?view=below');
    expect((await head.post('/inbox/next', {})).status).toBe(204);
    const entries = await history(`actorId=${officers.head.id}&action=LIST,COUNT,NEXT`);
    expect(entries.map(({ action, ground }) => [action, ground.relations])).toEqual([
      ['NEXT', ['UNIT', 'C06', 'CALL_CENTRE']],
      ['COUNT', ['SUPERIOR', 'C06']],
      ['LIST', ['UNIT', 'C06', 'CALL_CENTRE']],
    ]);
  });

  it('is shown to the owner of an account with offices and without names', async () => {
    const own = await as(registrant(2).id).get('/accounts');
    const account = own.body.items[0].stream;
    await as(officers.callCentre.id).get(`/accounts/${account}`);
    const { status, body } = await as(registrant(2).id).get(`/accounts/${account}/access-history`);
    expect(status, JSON.stringify(body)).toBe(200);
    const entries: SubjectAccess[] = body.entries;
    expect(entries.map(({ by }) => (by.kind === 'SELF' ? 'SELF' : `${by.roles} ${by.unit}`))).toContain(
      'CALL_CENTRE C06',
    );
    expect(entries.map(({ stream }) => stream)).toContain(streamOf(2));
    expect(JSON.stringify(body)).not.toContain(`"${officers.callCentre.id}"`);
    expect(problem(await as(registrant(1).id).get(`/accounts/${account}/access-history`)).code).toBe(
      'EID_ERR_CASE_UNKNOWN',
    );
    expect(problem(await as(officers.callCentre.id).get(`/accounts/${account}/access-history`)).code).toBe(
      'EID_ERR_FORBIDDEN',
    );
  });

  it('is read by auditors alone, whose reading is known as well', async () => {
    for (const { id } of [officers.director, officers.head, registrant(1), others.authority])
      expect(problem(await as(id).get('/access-history')).code).toBe('EID_ERR_FORBIDDEN');
    const refused = await history(`actorId=${officers.director.id}&action=HISTORY`);
    expect(refused).toMatchObject([{ outcome: { result: 'REFUSED' } }]);
    expect((await history(`actorId=${others.auditor.id}&action=HISTORY`)).length).toBeGreaterThan(0);
  });

  it('is given in pages, is one whole chain, and refuses bad questions', async () => {
    const until = new Date().toISOString();
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const from: string = after === undefined ? '' : `&after=${after}`;
      const { body } = await auditor().get(`/access-history?limit=3&to=${until}${from}`);
      expect(body.entries.length).toBeLessThanOrEqual(3);
      seen.push(...body.entries.map(({ entry }: { entry: AccessEntry }) => entry.id));
      after = body.next;
    } while (after !== undefined);
    expect(seen).toEqual((await history(`limit=200&to=${until}`)).map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
    expect(await verifyAccessHistory(system().pool)).toMatchObject({ whole: true });
    for (const query of ['limit=0', 'limit=x', 'colour=red', 'action=EAT', 'from=yesterday', 'after=abc'])
      expect(problem(await auditor().get(`/access-history?${query}`)).code, query).toBe('EID_ERR_SHAPE');
  });
});
