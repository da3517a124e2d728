import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { callerAs, problem } from '../support/http.ts';
import { dossierOf, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';

const system = useSystem({ organisations: 8, api: {} });
const as = (id: string) => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return callerAs(edge, id);
};

const filing = (n: number) => ({ channel: 'VNEID_APP', reception: 'CAX-TEST', dossier: dossierOf(n) });

describe('a request for an account, over HTTP', () => {
  it('is filed, followed and decided by the people who may', async () => {
    const owner = as(registrant(1).id);
    const filed = await owner.post('/registrations', filing(1));
    expect(filed.status, JSON.stringify(filed.body)).toBe(201);
    const { stream } = filed.body;
    expect(filed.headers.get('location')).toBe(`/v1/registrations/${stream}`);
    const at = (await system().watch.until(stream, ({ status }) => status === 'PENDING_PROPOSAL')).version;

    const proposer = as(officers.proposer.id);
    const read = await proposer.get(`/registrations/${stream}`);
    expect(read.status, JSON.stringify(read.body)).toBe(200);
    expect(read.headers.get('etag')).toBe(`"${at}"`);
    const propose = read.body.actions.find(({ type }: { type: string }) => type === 'ProposeIssuance');
    const proposed = await proposer.post(
      `/registrations/${stream}/propose-issuance`,
      { taskId: propose.taskId, list: 'DS-01' },
      { ifVersion: at },
    );
    expect(proposed.status, JSON.stringify(proposed.body)).toBe(200);

    const director = as(officers.director.id);
    const decide = (await director.get(`/registrations/${stream}`)).body.actions.find(
      ({ type }: { type: string }) => type === 'DecideRequest',
    );
    const decided = await director.post(`/registrations/${stream}/decide-request`, {
      taskId: decide.taskId,
      decision: 'APPROVE',
      reasons: [],
    });
    expect(decided.status, JSON.stringify(decided.body)).toBe(200);
    await system().watch.until(stream, ({ status }) => status === 'COMPLETED');
    const account = (await owner.get(`/registrations/${stream}`)).body.state.account;
    expect((await owner.get(`/accounts/${account}`)).body.state.owner.id).toBe(registrant(1).id);
  });

  it('is carried out once for one key, and the key is for one command', async () => {
    const owner = as(registrant(2).id);
    const key = randomUUID();
    const first = await owner.post('/registrations', filing(2), { key });
    const again = await owner.post('/registrations', filing(2), { key });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    const other = await owner.post('/registrations', filing(3), { key });
    expect(problem(other)).toMatchObject({ status: 422, code: 'EID_ERR_KEY_REUSED' });
  });

  it('does not exist for those whom it does not concern', async () => {
    const { body } = await as(registrant(4).id).post('/registrations', filing(4));
    const stranger = await as('stranger-desk').get(`/registrations/${body.stream}`);
    expect(problem(stranger).code).toBe('EID_ERR_CASE_UNKNOWN');
    const nobody = await as('stranger-desk').get('/registrations/registration-none');
    expect(problem(nobody)).toMatchObject({ status: 404, code: 'EID_ERR_CASE_UNKNOWN' });
  });

  it('is not touched by a command that was decided on another version', async () => {
    const owner = as(registrant(5).id);
    const { body } = await owner.post('/registrations', filing(5));
    const stale = await owner.post(`/registrations/${body.stream}/withdraw-request`, {}, { ifVersion: 1 });
    expect(problem(stale)).toMatchObject({ status: 412, code: 'EID_ERR_VERSION' });
  });
});
