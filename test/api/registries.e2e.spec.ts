import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { commandFault } from '../../registries/mock/control.ts';
import { Registry } from '../../schemas/registry.ts';
import { others } from '../support/edge.ts';
import { callerAs, problem } from '../support/http.ts';
import { file, streamOf } from '../support/play.ts';
import { codeOf, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';

const system = useSystem({
  organisations: 5,
  api: { ORGEID_RATE_PER_MINUTE: '100000' },
});
const as = (id: string) => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return callerAs(edge, id);
};
const c06 = () => as(officers.proposer.id);
const questions = (query = '') => c06().get(`/registries/TAX/questions${query}`);
const orgeid = (...args: string[]) => {
  const command = fileURLToPath(new URL('../../cli/orgeid.mjs', import.meta.url));
  const env = { PATH: process.env.PATH, ORGEID_POSTGRES_URL: system().engines.postgres.urls.auditor };
  return spawnSync(process.execPath, [command, 'registries', ...args], { env, encoding: 'utf8' });
};

beforeAll(async () => {
  await commandFault(system().nc, 'TAX', { fault: 'DOWN' });
  for (const n of [1, 2, 3]) await file(system(), n);
  await vi.waitFor(async () => expect((await questions()).body.items).toHaveLength(3), {
    timeout: 30_000,
    interval: 100,
  });
}, 120_000);

describe('how the registries do', () => {
  it('is read by C06 and by auditors, registry by registry', async () => {
    for (const id of [officers.proposer.id, officers.director.id, others.auditor.id]) {
      const { status, body } = await as(id).get('/registries');
      expect(status).toBe(200);
      expect(body.items.map(({ registry }: { registry: string }) => registry)).toEqual(Registry.options);
      const tax = body.items.find(({ registry }: { registry: string }) => registry === 'TAX');
      expect(tax).toMatchObject({ open: { asked: 3, waiting: 0, silent: 0 }, answers: {}, failureRate: 0 });
      expect(tax.lastAnswerAt).toBeUndefined();
      const business = body.items.find(({ registry }: { registry: string }) => registry === 'BUSINESS');
      expect(business).toMatchObject({ open: { asked: 0 }, answers: { TAKEN: 3 } });
      expect(business.answerMs.p95).toBeGreaterThanOrEqual(business.answerMs.p50);
    }
  });

  it.each([
    officers.desk.id,
    officers.head.id,
    registrant(1).id,
    others.authority.id,
    others.financeOfficer.id,
  ])('is not for %s, who is refused each of them', async (id) => {
    expect(problem(await as(id).get('/registries')).code).toBe('EID_ERR_FORBIDDEN');
    expect(problem(await as(id).get('/registries/TAX/questions')).code).toBe('EID_ERR_FORBIDDEN');
  });

  it('is told question by question, the oldest first, page by page', async () => {
    const { body } = await questions('?limit=2');
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).toMatchObject({
      ...{ registry: 'TAX', status: 'ASKED', owner: 'TAX', attempt: 1, ageSeconds: expect.any(Number) },
      ...{ attempts: expect.any(Number), answerBy: expect.any(String), nextTryAt: expect.any(String) },
    });
    const rest = (await questions(`?limit=2&after=${body.next}`)).body;
    expect(rest.next).toBeUndefined();
    const all = [...body.items, ...rest.items];
    expect(all.map(({ stream }: { stream: string }) => stream).sort()).toEqual([1, 2, 3].map(streamOf));
    expect(all.map((one: { askedAt: string }) => one.askedAt)).toEqual(
      all.map((one: { askedAt: string }) => one.askedAt).sort(),
    );
    expect((await c06().get('/registries/BUSINESS/questions')).body.items).toEqual([]);
  });

  it.each([
    ['a registry that there is not', '/registries/LAND/questions'],
    ['a cursor that no page gave', '/registries/TAX/questions?after=xx'],
    ['a page of nothing', '/registries/TAX/questions?limit=0'],
  ])('is not asked with %s', async (_, path) => {
    const answer = await c06().get(path);
    expect([answer.status, problem(answer).code]).toEqual([400, 'EID_ERR_SHAPE']);
  });

  it('is in the access history', async () => {
    const { body } = await as(others.auditor.id).get('/access-history?limit=200&actorId=proposer');
    const entries = JSON.stringify(body.entries);
    expect(body.entries.length).toBeGreaterThan(0);
    expect(entries).toContain('"registry":"TAX"');
    expect(entries).toContain('request-at-c06');
  });

  it('is told at a terminal, with a question a line', () => {
    expect(orgeid().stdout).toMatch(
      /^TAX +waits 3 asked, 0 waiting, 0 silent · answers 0, failures 0\.0 % · last never$/m,
    );
    const lines = orgeid('--questions', 'TAX').stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^registration-t\d\.TAX\.1 {2}ASKED {4}\d+ s {2}attempt 1 of \d+ {2}next \S+ {2}TAX$/,
    );
    expect(JSON.parse(orgeid('--json').stdout)).toHaveLength(Registry.options.length);
    expect(orgeid('--questions', 'BUSINESS').stdout).toBe('Nobody waits for BUSINESS.\n');
    expect(orgeid('--questions', 'LAND')).toMatchObject({ status: 2, stdout: '' });
  });
});

it('what came in about a request is read by whoever may read it, with what was made of it', async () => {
  const path = `/registrations/${streamOf(1)}/answers`;
  const { status, body } = await c06().get(path);
  expect(status).toBe(200);
  const made = body.items.map(({ party, disposition }: { party: string; disposition: string }) => [
    party,
    disposition,
  ]);
  expect(made.sort()).toEqual([
    ['BUSINESS', 'TAKEN'],
    ['POPULATION', 'TAKEN'],
  ]);
  expect(JSON.stringify(body)).not.toContain(codeOf(1));
  expect((await as(registrant(1).id).get(path)).status).toBe(200);
  expect(problem(await as(registrant(2).id).get(path)).code).toBe('EID_ERR_CASE_UNKNOWN');
});
