import { beforeAll, describe, expect, it } from 'vitest';
import { readKeySet } from '../../proof/keySet.ts';
import { verifyProof } from '../../proof/verify.ts';
import { others } from '../support/edge.ts';
import { ask, callerAs, problem } from '../support/http.ts';
import { issue, streamOf } from '../support/play.ts';
import { officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';

const system = useSystem({ organisations: 3, api: { ORGEID_RATE_PER_MINUTE: '100000' } });
const edge = () => {
  const { edge: found } = system();
  if (!found) throw new Error('the system has no API');
  return found;
};
const as = (id: string, options = {}) => callerAs(edge(), id, options);
let account: string;

beforeAll(async () => {
  await issue(system(), 1);
  account = (await as(registrant(1).id).get(`/registrations/${streamOf(1)}`)).body.state.account;
});

const keySet = async () => {
  const answer = await ask(`${edge().api.url}/v1/proof-keys`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return { answer, keys: readKeySet(answer.body, 'proof-keys') };
};
const proof = () => as(registrant(1).id).post(`/accounts/${account}/proofs`, {});

describe('a proof of registration', () => {
  it('is issued to the owner, drawn, and checked with the published keys alone', async () => {
    const { status, body, headers } = await proof();
    expect(status, JSON.stringify(body)).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.claims).toMatchObject({ sub: account.replace('account-', ''), status: 'ISSUED' });
    expect(Date.parse(body.expiresAt) - Date.parse(body.issuedAt)).toBe(system().policy.proofLifetimeMs);
    expect(body.qr.svg).toMatch(/^<svg /);
    expect(JSON.stringify(body)).not.toMatch(/\b\d{12}\b/);
    const { keys, answer } = await keySet();
    expect(await verifyProof(body.token, keys, { now: Date.now() })).toMatchObject({ accepted: true });
    expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    expect(JSON.stringify(answer.body)).not.toContain('"d"');
    expect((await proof()).body.claims.jti).not.toBe(body.claims.jti);
  });

  it('is the owner’s alone, and for whom the account is not there it is not there', async () => {
    for (const one of [officers.proposer, officers.director, officers.callCentre, others.auditor])
      expect(problem(await as(one.id).post(`/accounts/${account}/proofs`, {})), one.id).toMatchObject({
        status: 403,
        code: 'EID_ERR_FORBIDDEN',
      });
    for (const one of [registrant(2), others.representative, officers.desk, officers.head, others.authority])
      expect(problem(await as(one.id).post(`/accounts/${account}/proofs`, {})), one.id).toMatchObject({
        status: 404,
        code: 'EID_ERR_CASE_UNKNOWN',
      });
    const service = await as('authority-system', { service: true }).post(`/accounts/${account}/proofs`, {});
    expect(problem(service).code).toBe('EID_ERR_CASE_UNKNOWN');
    const none = await as(registrant(1).id).post('/accounts/account-none/proofs', {});
    expect(problem(none).code).toBe('EID_ERR_CASE_UNKNOWN');
    const bodiless = await ask(`${edge().api.url}/v1/accounts/${account}/proofs`, { method: 'POST' });
    expect(problem(bodiless).status).toBe(401);
  });

  it('is checked for whoever asks, with the reason in words when it is not accepted', async () => {
    const { token } = (await proof()).body;
    const desk = as('authority-system', { service: true });
    const good = await desk.post('/proofs/verify', { token });
    expect(good.body).toMatchObject({ accepted: true, claims: { status: 'ISSUED' } });
    const forged = `${token.slice(0, -2)}${token.endsWith('AA') ? 'QA' : 'AA'}`;
    const bad = await desk.post(
      '/proofs/verify',
      { token: forged },
      { headers: { 'accept-language': 'en' } },
    );
    expect(bad.body).toMatchObject({ accepted: false, reason: 'BAD_SIGNATURE', told: { next: /./ } });
    const nothing = await desk.post('/proofs/verify', { token: 'xin chào' });
    expect(nothing.body).toMatchObject({ accepted: false, reason: 'NOT_A_PROOF' });
    expect(nothing.body.told.title).toBe('Mã này không phải là minh chứng đăng ký định danh.');
    expect(problem(await desk.post('/proofs/verify', {})).code).toBe('EID_ERR_SHAPE');
    const nobody = await ask(`${edge().api.url}/v1/proofs/verify`, { method: 'POST' });
    expect(problem(nobody).code).toBe('EID_ERR_UNAUTHENTICATED');
  });

  it('says that the account is locked once its owner locks it', async () => {
    const owner = as(registrant(1).id);
    const locked = await owner.post(`/accounts/${account}/activate-account`, {});
    expect(locked.status, JSON.stringify(locked.body)).toBe(200);
    const lock = await owner.post(`/accounts/${account}/lock-own-account`, {});
    expect(lock.status, JSON.stringify(lock.body)).toBe(200);
    const { token, claims } = (await proof()).body;
    expect(claims.status).toBe('LOCKED');
    const verdict = await owner.post('/proofs/verify', { token });
    expect(verdict.body).toMatchObject({ accepted: false, reason: 'LOCKED', claims: { status: 'LOCKED' } });
  });

  it('is not to be had, nor a key, from a process without keys, which says why', async () => {
    const { url } = await edge().addApi({ ORGEID_KEYS_DIR: '', ORGEID_ACCESS_WRITER: 'api-without-keys' });
    const answers = [
      await ask(`${url}/v1/proof-keys`),
      await as(registrant(1).id, { url }).post(`/accounts/${account}/proofs`, {}),
      await as(registrant(1).id, { url }).post('/proofs/verify', { token: 'x' }),
    ];
    for (const answer of answers)
      expect(problem(answer)).toMatchObject({
        status: 503,
        code: 'EID_ERR_UNAVAILABLE',
        details: { why: 'no keys: ORGEID_KEYS_DIR is not set here' },
      });
  });

  it('was recorded as shown: who, when, and of which account', async () => {
    const { body } = await as(others.auditor.id).get(
      `/access-history?action=PROOF&stream=${account}&limit=200`,
    );
    const done = body.entries.filter(
      ({ entry }: { entry: { outcome: { result: string } } }) => entry.outcome.result === 'DONE',
    );
    expect(done.length).toBeGreaterThan(2);
    for (const { entry } of done) expect(entry.actor.id).toBe(registrant(1).id);
  });
});
