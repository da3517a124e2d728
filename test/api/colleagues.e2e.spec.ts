import { describe, expect, it, vi } from 'vitest';
import { others } from '../support/edge.ts';
import { callerAs, problem } from '../support/http.ts';
import { file, streamOf } from '../support/play.ts';
import { officer, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';

const system = useSystem({
  organisations: 3,
  absent: new Set([1]),
  api: { ORGEID_RATE_PER_MINUTE: '100000' },
});
const as = (id: string, service = false) => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return callerAs(edge, id, { service });
};
const found = async (id: string, query = '') => {
  const { status, body } = await as(id).get(`/colleagues${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map((one: { id: string }) => one.id);
};
const ofCommune = [
  officers.desk.id,
  officers.head.id,
  officers.verifier.id,
  officers.secondVerifier.id,
  ...[1, 2, 3].map((n) => officer(n).id),
].filter((id, i, all) => all.indexOf(id) === i);

describe('the colleagues', () => {
  it('are those of the own unit, by name, page by page', async () => {
    expect(await found(officers.desk.id)).toEqual([...ofCommune].sort());
    const { body } = await as(officers.desk.id).get('/colleagues?limit=2');
    expect(body.items).toHaveLength(2);
    const rest = await found(officers.desk.id, `?limit=200&after=${body.next}`);
    expect([...body.items.map(({ id }: { id: string }) => id), ...rest]).toEqual([...ofCommune].sort());
    expect(await found(officers.desk.id, '?role=UNIT_HEAD')).toEqual([officers.head.id]);
    expect(body.items[0]).toEqual({
      id: 'desk',
      name: 'desk',
      roles: ['RECEPTION_OFFICER'],
      unit: 'CAX-TEST',
    });
  });

  it('of a unit below are for its head, of any unit for C06', async () => {
    expect(await found(others.provinceHead.id, '?unit=CAX-TEST')).toEqual([...ofCommune].sort());
    expect(await found(officers.proposer.id, '?unit=CAX-OTHER&role=UNIT_HEAD')).toEqual([
      others.strangerHead.id,
    ]);
    expect(await found(officers.director.id)).toContain(officers.proposer.id);
  });

  it('are nobody else’s to list', async () => {
    const refused = [
      [officers.desk.id, '?unit=PC06-TEST'],
      [officers.head.id, '?unit=PC06-TEST'],
      [others.provinceHead.id, '?unit=CAX-OTHER'],
      [others.provinceDesk.id, '?unit=CAX-TEST'],
      [officers.callCentre.id, '?unit=CAX-TEST'],
      [registrant(1).id, ''],
      [others.authority.id, ''],
      [others.auditor.id, '?unit=CAX-TEST'],
    ] as const;
    for (const [id, query] of refused)
      expect(problem(await as(id).get(`/colleagues${query}`)), `${id} ${query}`).toMatchObject({
        status: 403,
        code: 'EID_ERR_FORBIDDEN',
      });
    expect(problem(await as('registry-business', true).get('/colleagues')).status).toBe(403);
    expect(problem(await as(officers.proposer.id).get('/colleagues?unit=NOWHERE')).code).toBe(
      'EID_ERR_UNIT_UNKNOWN',
    );
    expect(problem(await as(officers.desk.id).get('/colleagues?unit=%00')).code).toBe('EID_ERR_SHAPE');
  });

  it('are told as their last sign-in says it, also one whom no file names', async () => {
    const { pool } = system();
    await pool.query(`update orgeid.officers set unit = 'CAX-OTHER', roles = '{UNIT_HEAD}' where id = $1`, [
      officers.secondVerifier.id,
    ]);
    await pool.query('delete from orgeid.officers where id = $1', [officer(2).id]);
    expect(await found(officers.desk.id)).not.toContain(officer(2).id);
    for (const id of [officers.secondVerifier.id, officer(2).id]) await as(id).get('/inbox?view=mine');
    await vi.waitFor(async () => expect(await found(officers.desk.id)).toEqual([...ofCommune].sort()), {
      timeout: 10_000,
      interval: 50,
    });
    const { rows } = await pool.query('select roles, source from orgeid.officers where id = $1', [
      officer(2).id,
    ]);
    expect(rows).toEqual([{ roles: ['VERIFICATION_OFFICER'], source: 'TOKEN' }]);
    const outsiders = await pool.query('select id from orgeid.officers where id like $1', ['registrant-%']);
    expect(outsiders.rows).toEqual([]);
  });

  it('are handed work, and who is none is not', async () => {
    await file(system(), 1);
    await system().watch.untilStatus(streamOf(1), 'LOCAL_VERIFICATION');
    const reassign = (id: string) =>
      as(officers.head.id).post(`/registrations/${streamOf(1)}/reassign-task`, {
        taskId: 'verify-1',
        to: { id },
      });
    expect(problem(await reassign('nobody')).code).toBe('EID_ERR_COLLEAGUE_UNKNOWN');
    expect(problem(await reassign(others.strangerVerifier.id)).code).toBe('EID_ERR_FORBIDDEN');
    const done = await reassign(officer(2).id);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
  });
});
