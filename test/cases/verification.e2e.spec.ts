import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { spawnBody } from '../../registries/spawn.ts';
import type { CaseView } from '../../schemas/case.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import type { VerificationState } from '../../schemas/verification.ts';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { bodySystem, others } from '../support/edge.ts';
import { callerAs, problem } from '../support/http.ts';
import { file, send, streamOf } from '../support/play.ts';
import { officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const ms = (amount: number) => ({ amount, unit: 'milliseconds' as const });
const system = useSystem({
  organisations: 4,
  absent: new Set([1, 2, 3, 4]),
  values: {
    limitVerification: ms(5_000),
    verificationReminders: [ms(1_000)],
    escalation: [{ id: 'soon', kinds: ['CHASE_VERIFICATION'], when: { share: 0.000_01 } }],
  },
  api: { ORGEID_RATE_PER_MINUTE: '100000' },
});

const { financeOfficer, strangerOfficer } = others;
const { verifier, head } = officers;
const as = (id: string) => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return callerAs(edge, id);
};
const stateOf = async <S>(stream: string) => (await readCase(system().pool, stream))?.state as S;
const typesOf = async (stream: string) => (await readStream(system().pool, stream)).map((e) => e.type);
const eventually = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 20_000, interval: 100 });

const question = {
  taskId: 'verify-1',
  body: 'FINANCE',
  place: 'TEST',
  questions: [
    { id: 'exists', kind: 'EXISTENCE' },
    { id: 'representative', kind: 'REPRESENTATIVE' },
  ],
  reason: 'Đối chiếu hồ sơ đề nghị cấp tài khoản',
};
const task = { taskId: 'answer-verification-1' };

/** Request `n` waits for its local verification, and its officer asks the department of finance. */
async function asked(
  n: number,
  body = 'FINANCE',
): Promise<{ readonly request: string; readonly verification: string }> {
  const request = streamOf(n);
  await file(system(), n);
  await system().watch.untilStatus(request, 'LOCAL_VERIFICATION');
  const answer = await as(verifier.id).post(`/registrations/${request}/ask-body`, { ...question, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const verification = `verification-t${n}-1`;
  await eventually(async () => {
    const { bodies } = await stateOf<RegistrationState>(request);
    expect(bodies).toMatchObject([{ verification, status: 'SENT' }]);
  });
  return { request, verification };
}

const told = async (request: string, outcome: string) =>
  eventually(async () => {
    const { bodies } = await stateOf<RegistrationState>(request);
    expect(bodies).toMatchObject([{ status: 'ENDED', outcome }]);
  });

test('a body is asked from a request, answers in part and then whole, and the request goes on', async () => {
  const { request, verification } = await asked(1);
  const { dueAt } = await stateOf<VerificationState>(verification);
  const waiting = (await as(verifier.id).get(`/registrations/${request}`)).body as CaseView;
  expect(waiting.waits).toContainEqual(
    expect.objectContaining({ kind: 'BODY', owner: 'Sở Tài chính (TEST)', what: 'FINANCE', until: dueAt }),
  );
  const finance = as(financeOfficer.id);
  await eventually(async () => {
    const { body } = await finance.get('/inbox?view=unit');
    expect(JSON.stringify(body)).toContain(verification);
  });
  const seen = await finance.get(`/verifications/${verification}`);
  expect(seen.status).toBe(200);
  expect(JSON.stringify(seen.body)).toContain('Nguyễn Văn 1');
  expect(JSON.stringify(seen.body)).not.toContain('000000000001');
  expect((await finance.get(`/registrations/${request}`)).status).toBe(404);

  const path = `/verifications/${verification}`;
  const part = { ...task, answers: [{ question: 'exists', result: 'MATCH' }] };
  expect(problem(await as(strangerOfficer.id).post(`${path}/answer-part`, part)).code).toBe(
    'EID_ERR_CASE_UNKNOWN',
  );
  expect(problem(await as(verifier.id).post(`${path}/answer-part`, part)).code).toBe('EID_ERR_FORBIDDEN');
  expect((await finance.post(`${path}/answer-part`, part)).status).toBe(200);
  expect((await stateOf<RegistrationState>(request)).bodies).toMatchObject([{ status: 'SENT' }]);
  const rest = {
    ...task,
    answers: [{ question: 'representative', result: 'MISMATCH', note: 'Đã thay đổi' }],
  };
  expect((await finance.post(`${path}/answer-verification`, rest)).status).toBe(200);
  await told(request, 'MISMATCH');
  await system().watch.until(verification, ({ closed }) => closed);

  const state = await stateOf<RegistrationState>(request);
  expect(state.status).toBe('LOCAL_VERIFICATION');
  expect(state.tasks).toMatchObject([{ id: 'verify-1', status: 'CLAIMED' }]);
  const findings = { taskId: 'verify-1', result: 'PASS', findings: 'Đã đối chiếu', reasons: [] };
  await send(system(), request, verifier, 'RecordFindings', findings);
  await send(system(), request, head, 'ConfirmFindings', { taskId: 'confirm-1', confirmed: true });
  await system().watch.untilStatus(request, 'PENDING_PROPOSAL');
});

test('the system of a body answers for it over the API, once, whatever happens to its process', async () => {
  const { edge, dataDir } = system();
  if (!edge) throw new Error('the system has no API');
  const dataFile = join(dataDir, 'home-affairs.json');
  const record = { keys: ['9000000004'], answers: { EXISTENCE: { result: 'MATCH' } } };
  writeFileSync(dataFile, JSON.stringify({ records: [record] }));
  const start = () =>
    spawnBody({
      ...{ client: bodySystem.id, secret: edge.serviceSecret, api: edge.api.url, dataFile, everyMs: 100 },
      ...{ issuer: edge.issuer, audience: edge.audience },
    });
  const first = await start();
  const { request, verification } = await asked(4, 'HOME_AFFAIRS');
  await first.kill();
  const second = await start();
  await told(request, 'NO_DATA');
  await second.stop();
  const events = await readStream(system().pool, verification);
  const answered = events.filter(({ type }) => type.endsWith('Answered'));
  expect(answered).toHaveLength(1);
  expect(answered[0]).toMatchObject({
    by: { id: bodySystem.id },
    data: {
      answers: [
        { question: 'exists', result: 'MATCH' },
        { question: 'representative', result: 'NO_DATA' },
      ],
    },
  });
});

test('a body that refuses leaves the request to its officer', async () => {
  const { request, verification } = await asked(2);
  const refusal = { ...task, reason: 'NOT_COMPETENT', text: 'Thuộc thẩm quyền của Sở Nội vụ' };
  const answer = await as(financeOfficer.id).post(
    `/verifications/${verification}/refuse-verification`,
    refusal,
  );
  expect(answer.status).toBe(200);
  await told(request, 'REFUSED');
  expect((await stateOf<RegistrationState>(request)).bodies).toMatchObject([
    { refusal: { reason: 'NOT_COMPETENT' } },
  ]);
});

test('a question that nobody needs any more is taken back with its request', async () => {
  const { request, verification } = await asked(3);
  await send(system(), request, registrant(3), 'WithdrawRequest', { note: 'đổi ý' });
  await system().watch.until(request, ({ closed }) => closed);
  await system().watch.until(verification, ({ closed }) => closed);
  expect((await stateOf<VerificationState>(verification)).status).toBe('WITHDRAWN');
  await told(request, 'WITHDRAWN');
});

test('a body that does not answer is reminded, then the asking unit is told, and then the unit above it', async () => {
  const { taskId: _, ...asking } = question;
  const data = { ...asking, subject: { organisation: 'Công ty TNHH Chậm Trễ', code: '0900000009' } };
  const opened = await as(verifier.id).post('/verifications', data);
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  const { stream } = opened.body as { stream: string };
  expect(problem(await as(financeOfficer.id).post('/verifications', data)).code).toBe('EID_ERR_FORBIDDEN');
  const nowhere = await as(verifier.id).post('/verifications', { ...data, place: 'NOWHERE' });
  expect(problem(nowhere).code).toBe('EID_ERR_UNIT_UNKNOWN');
  await system().watch.untilStatus(stream, 'OVERDUE');
  expect((await as(others.provinceHead.id).get(`/verifications/${stream}`)).status).toBe(200);
  await eventually(async () => expect(await typesOf(stream)).toContain('TaskEscalated'));
  expect(await typesOf(stream)).toEqual([
    'VerificationOpened',
    'TaskOpened',
    'BodyReminded',
    'VerificationOverdue',
    'TaskOverdue',
    'TaskOpened',
    'TaskEscalated',
  ]);
  const { tasks } = await stateOf<VerificationState>(stream);
  expect(tasks[1]).toMatchObject({ kind: 'CHASE_VERIFICATION', units: ['CAX-TEST', 'PC06-TEST'] });
  const chase = { taskId: 'chase-verification-1', note: 'Đã gọi điện' };
  expect((await as(verifier.id).post(`/verifications/${stream}/chase-verification`, chase)).status).toBe(200);
  expect((await stateOf<VerificationState>(stream)).status).toBe('SENT');
  const withdrawal = { note: 'Đã có giấy tờ' };
  const withdrawn = await as(verifier.id).post(`/verifications/${stream}/withdraw-verification`, withdrawal);
  expect(withdrawn.status).toBe(200);
  await system().watch.until(stream, ({ closed }) => closed);
});

test('the log of every verification is what its state says', async () => {
  expect(await typesOf('verification-t1-1')).toContain('OutcomeReported');
  await expectTruth(system());
});
