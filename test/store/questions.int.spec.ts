import { pino } from 'pino';
import { Registry as Metrics } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { measureRegistries } from '../../api/metrics/registries.ts';
import type { RegistryCheck } from '../../schemas/registration.ts';
import type { Registry } from '../../schemas/registry.ts';
import { journalAnswer } from '../../store/journal.ts';
import {
  answersOfCase,
  noteAsked,
  noteSettled,
  noteUnavailable,
  openQuestions,
} from '../../store/questions.ts';
import { readRegistryHealth } from '../../store/registryHealth.ts';
import { useStore } from './support.ts';

const T0 = Date.now() - 60_000;
const at = (seconds: number) => new Date(T0 + seconds * 1_000).toISOString();

describe('the questions that cases wait for', () => {
  const store = useStore();

  /** A request in its checks, as the fold of its events leaves it. */
  async function request(
    n: number,
    checks: readonly Partial<RegistryCheck>[],
    tasks: readonly object[] = [],
  ) {
    const stream = `registration-q${n}`;
    const state = {
      checks: checks.map((check) => ({ round: 1, fields: [], mismatched: [], ...check })),
      tasks,
    };
    await store.pool().query({
      text: `insert into orgeid.cases (stream, type, version, policy_version, state, status, title, closed, overdue, waits, updated_at)
        values ($1, 'registration', 1, 'p', $2, 'DB_CHECK', $3, false, false, '[]', now())`,
      values: [stream, JSON.stringify(state), `Công ty ${n}`],
    });
    return stream;
  }
  const asked = (stream: string, registry: Registry, seconds: number): Partial<RegistryCheck> => ({
    registry,
    queryId: `${stream}.${registry}.1`,
    status: 'ASKED',
    askedAt: at(seconds),
  });

  it('tell age, attempts, next try and whose turn it is, whether the asking was noted or not', async () => {
    const one = await request(1, [asked('registration-q1', 'TAX', 0)]);
    await noteAsked(store.pool(), {
      ...{ questionId: `${one}.TAX.1`, party: 'TAX', attempt: 1, attempts: 3 },
      ...{ askedAt: at(0), answerBy: at(10), nextTryAt: at(12) },
    });
    const second = { attempt: 2, askedAt: at(12), answerBy: at(22), nextTryAt: at(26) };
    const question = { questionId: `${one}.TAX.1`, party: 'TAX' as const, attempts: 3 };
    await noteAsked(store.pool(), { ...question, ...second });
    await noteAsked(store.pool(), { ...question, attempt: 1, askedAt: at(13) }); // comes late: changes nothing
    const two = await request(
      2,
      [{ ...asked('registration-q2', 'TAX', 1), status: 'SILENT' }],
      [{ about: 'TAX', status: 'CLAIMED', units: ['C06'], holder: { name: 'Hà' } }],
    );
    const three = await request(3, [
      { ...asked('registration-q3', 'TAX', 2), status: 'WAITING', waitUntil: at(900), waitOwner: 'An' },
    ]);
    expect((await openQuestions(store.pool(), 'TAX', 10)).items).toEqual([
      {
        ...{ questionId: `${one}.TAX.1`, stream: one, title: 'Công ty 1', registry: 'TAX', status: 'ASKED' },
        ...{ askedAt: at(0), attempt: 2, attempts: 3, answerBy: at(22), nextTryAt: at(26), owner: 'TAX' },
      },
      {
        ...{ questionId: `${two}.TAX.1`, stream: two, title: 'Công ty 2', registry: 'TAX', status: 'SILENT' },
        ...{ askedAt: at(1), attempt: 0, owner: 'Hà' },
      },
      {
        ...{
          questionId: `${three}.TAX.1`,
          stream: three,
          title: 'Công ty 3',
          registry: 'TAX',
          status: 'WAITING',
        },
        ...{ askedAt: at(2), attempt: 0, waitUntil: at(900), owner: 'An' },
      },
    ]);
    const page = await openQuestions(store.pool(), 'TAX', 1);
    expect(page.items).toMatchObject([{ stream: one }]);
    const rest = await openQuestions(store.pool(), 'TAX', 1, page.next);
    expect(rest.items).toMatchObject([{ stream: two }]);
    await expect(openQuestions(store.pool(), 'BUSINESS', 1, page.next)).rejects.toMatchObject({
      code: 'EID_ERR_SHAPE',
    });
    expect((await openQuestions(store.pool(), 'BUSINESS', 10)).items).toEqual([]);
  });

  it('that nobody has taken up are the turn of the unit that has the task', async () => {
    const task = { about: 'POPULATION', status: 'OPEN', units: ['C06'], unitPath: ['C06'] };
    await request(5, [{ ...asked('registration-q5', 'POPULATION', 0), status: 'SILENT' }], [task]);
    expect((await openQuestions(store.pool(), 'POPULATION', 1)).items).toMatchObject([{ owner: 'C06' }]);
    await store.pool().query(`delete from orgeid.cases where stream = 'registration-q5'`);
  });

  it('show when a registry asked to be asked again, and are settled once', async () => {
    const stream = await request(4, [asked('registration-q4', 'BUSINESS', 0)]);
    const questionId = `${stream}.BUSINESS.1`;
    const question = { questionId, party: 'BUSINESS' as const, attempt: 1, attempts: 3, askedAt: at(0) };
    await noteAsked(store.pool(), question);
    await noteUnavailable(store.pool(), questionId, at(1), {
      ...{ cause: 'BUSY', detail: 'maintenance', retryAfterMs: 30_000 },
    });
    expect((await openQuestions(store.pool(), 'BUSINESS', 10)).items).toMatchObject([
      { nextTryAt: at(31), unavailable: { cause: 'BUSY', detail: 'maintenance', at: at(1) } },
    ]);
    await noteSettled(store.pool(), questionId, at(3));
    await noteSettled(store.pool(), questionId, at(9));
    await noteAsked(store.pool(), { ...question, attempt: 2, askedAt: at(8) });
    const { rows } = await store
      .pool()
      .query('select * from orgeid.questions where question_id = $1', [questionId]);
    expect(rows).toMatchObject([{ attempt: 1, settled_at: new Date(at(3)), next_try_at: null }]);
  });

  it('add up to the health of each registry', async () => {
    const answer = (disposition: 'TAKEN' | 'UNAVAILABLE' | 'CONTRADICTS', id: string, outcome = 'FOUND') =>
      journalAnswer(store.pool(), {
        ...{ disposition, answerId: id, questionId: 'registration-q4.BUSINESS.1', party: 'BUSINESS' },
        ...{ receivedAt: at(20), payload: { outcome }, raw: id },
      });
    await answer('TAKEN', 'a');
    await answer('TAKEN', 'b', 'REFUSED');
    await answer('UNAVAILABLE', 'c');
    await answer('CONTRADICTS', 'd');
    const [business, tax] = await readRegistryHealth(store.pool(), ['BUSINESS', 'TAX']);
    expect(business).toMatchObject({
      ...{ registry: 'BUSINESS', open: { asked: 1, waiting: 0, silent: 0 }, oldestSince: at(0) },
      ...{ answers: { TAKEN: 2, UNAVAILABLE: 1, CONTRADICTS: 1 }, refused: 1, failureRate: 0.5 },
      ...{ lastAnswerAt: at(20), answerMs: { p50: 3_000, p95: 3_000 } },
    });
    expect(tax).toMatchObject({ open: { asked: 1, waiting: 1, silent: 1 }, answers: {}, failureRate: 0 });
    expect(tax?.lastAnswerAt).toBeUndefined();
  });

  it('are measured for each registry', async () => {
    const register = new Metrics();
    measureRegistries(register, {
      pool: store.pool(),
      now: () => T0 + 60_000,
      log: pino({ level: 'silent' }),
    });
    const text = await register.metrics();
    for (const line of [
      'orgeid_registry_open{registry="TAX",how="silent"} 1',
      'orgeid_registry_open{registry="BUSINESS",how="asked"} 1',
      'orgeid_registry_oldest_seconds{registry="TAX"} 60',
      'orgeid_registry_oldest_seconds{registry="POPULATION"} 0',
      'orgeid_registry_last_answer_seconds{registry="BUSINESS"} 40',
      'orgeid_registry_failure_ratio{registry="BUSINESS"} 0.5',
      'orgeid_registry_answers{registry="BUSINESS",disposition="CONTRADICTS"} 1',
      'orgeid_registry_answer_seconds{registry="BUSINESS",quantile="0.95"} 3',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).not.toContain('orgeid_registry_last_answer_seconds{registry="TAX"}');
  });

  it('have what came in about them, in its order, with what was made of it', async () => {
    const found = await answersOfCase(store.pool(), 'registration-q4');
    expect(found.map(({ disposition }) => disposition)).toEqual([
      ...['TAKEN', 'TAKEN', 'UNAVAILABLE', 'CONTRADICTS'],
    ]);
    expect(await answersOfCase(store.pool(), 'registration-q')).toEqual([]);
  });
});
