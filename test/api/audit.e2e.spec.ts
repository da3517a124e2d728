import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { applied, type Difference } from '../../audit/replay/differences.ts';
import type { AccessEntry } from '../../schemas/access-history.ts';
import {
  AccountAtMoment,
  AuditDifferences,
  type AuditEvent,
  AuditHistory,
  AuditKnowledge,
  AuditState,
} from '../../schemas/audit.ts';
import { others } from '../support/edge.ts';
import { callerAs, problem } from '../support/http.ts';
import { issue, streamOf } from '../support/play.ts';
import { officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';

const system = useSystem({ organisations: 3, api: { ORGEID_RATE_PER_MINUTE: '100000' } });
const edge = () => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return edge;
};
const as = (id: string) => callerAs(edge(), id);
const auditor = () => as(others.auditor.id);
const stream = streamOf(1);
const path = `/audit/cases/${stream}`;
const paths = [
  `${path}/history`,
  `${path}/state`,
  `${path}/differences?from=version:1`,
  `${path}/knowledge`,
  `${path}/narrative`,
  '/audit/accounts',
];
const history = async (query: string): Promise<AccessEntry[]> => {
  const { body } = await auditor().get(`/access-history?limit=200&${query}`);
  return body.entries.map(({ entry }: { entry: AccessEntry }) => entry);
};
let events: readonly AuditEvent[] = [];

beforeAll(async () => {
  await issue(system(), 1);
  await issue(system(), 2);
  const { status, body } = await auditor().get(`${path}/history`);
  expect(status, JSON.stringify(body)).toBe(200);
  events = AuditHistory.parse(body).events;
});

describe('an auditor', () => {
  it('reads a case as it was, by instant, position and version alike', async () => {
    // What one command decided is recorded in one instant.
    const event = events.find((one, i) => i > 2 && events[i + 1]?.recordedAt !== one.recordedAt);
    if (!event) throw new Error('the case is too short');
    const { version, position, recordedAt } = event;
    const answers = await Promise.all(
      [`version=${version}`, `position=${position}`, `at=${recordedAt}`].map(async (query) => {
        const { status, body } = await auditor().get(`${path}/state?${query}`);
        expect(status, JSON.stringify(body)).toBe(200);
        return AuditState.parse(body);
      }),
    );
    for (const { moment, state, view } of answers) {
      expect(moment).toMatchObject({ version, position, recordedAt });
      expect(view.status).toBe(event.status);
      expect(state).toEqual(answers[0]?.state);
    }
  });

  it('reads what changed as JSON Patch that leads from the one state to the other', async () => {
    const [from, to] = await Promise.all(
      [2, events.length].map(
        async (version) => (await auditor().get(`${path}/state?version=${version}`)).body.state,
      ),
    );
    const found = AuditDifferences.parse((await auditor().get(`${path}/differences?from=version:2`)).body);
    expect(applied(from, found.differences as Difference[])).toEqual(to);
    expect(found.events).toHaveLength(events.length - 2);
  });

  it('reads who knew what, and who could have decided', async () => {
    await as(officers.proposer.id).get(`/registrations/${stream}`);
    await as(others.strangerHead.id).get(`/registrations/${stream}`);
    const now = AuditKnowledge.parse((await auditor().get(`${path}/knowledge`)).body);
    const readers = new Map(now.read.map((one) => [one.actor.id, one]));
    expect(readers.get(officers.proposer.id)).toMatchObject({
      seenVersion: events.length,
      rows: ['request-at-c06'],
    });
    expect(readers.get(others.strangerHead.id)).toMatchObject({ refused: 1 });
    expect(readers.get(others.strangerHead.id)).not.toHaveProperty('seenVersion');
    const decide = events.find(({ type, data }) => type === 'TaskOpened' && data.kind === 'DECIDE');
    const then = AuditKnowledge.parse(
      (await auditor().get(`${path}/knowledge?version=${decide?.version}`)).body,
    );
    const director = then.open.find(({ actor }) => actor.id === officers.director.id);
    expect(director?.actions.map(({ type }) => type)).toContain('DecideRequest');
    expect(
      then.open.find(({ actor }) => actor.id === officers.proposer.id)?.actions ?? [],
    ).not.toContainEqual(expect.objectContaining({ type: 'DecideRequest' }));
    expect(then.acted.map(({ by }) => by.id)).toContain(registrant(1).id);
  });

  it('reads all accounts as they were, a line each', async () => {
    const { status, headers, body } = await auditor().get('/audit/accounts');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/x-ndjson/);
    const lines = String(body).trim().split('\n');
    const accounts = lines.map((line) => AccountAtMoment.parse(JSON.parse(line)));
    expect(accounts.map(({ organisation }) => organisation).sort()).toEqual([
      'Công ty TNHH Thử Nghiệm 1',
      'Công ty TNHH Thử Nghiệm 2',
    ]);
    const early = await auditor().get('/audit/accounts?position=1');
    expect(early.body).toBeUndefined();
  });

  it('reads a case told, in both languages and all forms', { timeout: 120_000 }, async () => {
    const text = await auditor().get(`${path}/narrative?lang=vi`);
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text.headers.get('content-language')).toBe('vi');
    expect(text.body).toContain('Tiếp nhận hồ sơ đầy đủ, hợp lệ');
    const html = await auditor().get(`${path}/narrative?format=html`, { 'accept-language': 'en' });
    expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html.body).toMatch(/^<!doctype html>\n<html lang="en">/);
    const response = await fetch(`${edge().api.url}/v1${path}/narrative?format=pdf&lang=vi`, {
      headers: { authorization: await edge().wallet.person(others.auditor.id) },
    });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const pdf = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()));
    const { text: read } = await extractText(pdf, { mergePages: true });
    expect(read.replaceAll(/\s+/g, ' ').normalize('NFC')).toContain('Công ty TNHH Thử Nghiệm 1');
  });
});

describe('a moment', () => {
  it('that is none is refused with a code that stays', async () => {
    const refused = async (query: string) => {
      const answer = await auditor().get(`${path}/state?${query}`);
      const { code, details } = problem(answer);
      return [answer.status, code, Object(details).why];
    };
    expect(await refused('at=2020-01-01T00:00:00Z')).toEqual([422, 'EID_ERR_MOMENT', 'BEFORE_CASE']);
    expect(await refused('position=999999999')).toEqual([422, 'EID_ERR_MOMENT', 'BEYOND_LOG']);
    expect(await refused(`version=${events.length + 1}`)).toEqual([422, 'EID_ERR_MOMENT', 'BEYOND_CASE']);
    expect(await refused('at=2999-01-01T00:00:00Z')).toEqual([422, 'EID_ERR_MOMENT', 'FUTURE']);
    for (const query of ['version=1&position=1', 'at=yesterday', 'version=0', 'version=x', 'colour=red'])
      expect((await refused(query))[1], query).toBe('EID_ERR_SHAPE');
    for (const query of ['', 'from=soon', 'from=version:x'])
      expect(problem(await auditor().get(`${path}/differences?${query}`)).code, query).toBe('EID_ERR_SHAPE');
    expect(problem(await auditor().get(`${path}/differences?from=version:3&to=version:2`)).code).toBe(
      'EID_ERR_MOMENT',
    );
    expect(problem(await auditor().get('/audit/accounts?position=999999999')).code).toBe('EID_ERR_MOMENT');
    expect(problem(await auditor().get('/audit/accounts?version=1')).code).toBe('EID_ERR_SHAPE');
    expect(problem(await auditor().get(`${path}/narrative?format=docx`)).code).toBe('EID_ERR_SHAPE');
  });

  it('of a case that is not there is EID_ERR_CASE_UNKNOWN, and of what is no case EID_ERR_SHAPE', async () => {
    for (const part of ['history', 'state', 'differences?from=version:1', 'knowledge', 'narrative']) {
      expect(problem(await auditor().get(`/audit/cases/registration-none/${part}`)).code).toBe(
        'EID_ERR_CASE_UNKNOWN',
      );
      expect(problem(await auditor().get(`/audit/cases/something/${part}`)).code).toBe('EID_ERR_SHAPE');
    }
  });
});

describe('whoever does not audit', () => {
  it('is refused, whether the case is there or not', async () => {
    const everybody = [
      registrant(1),
      officers.director,
      officers.head,
      others.authority,
      others.representative,
    ];
    for (const { id } of everybody)
      for (const each of [...paths, '/audit/cases/registration-none/state'])
        expect(problem(await as(id).get(each)).code, `${id} ${each}`).toBe('EID_ERR_FORBIDDEN');
  });
});

describe('each audit', () => {
  it('leaves an entry in the access history, refused ones included', async () => {
    const from = new Date().toISOString();
    for (const each of paths) expect((await auditor().get(each)).status, each).toBe(200);
    await auditor().get('/audit/cases/registration-none/state?version=7');
    await as(officers.head.id).get(`${path}/state`);
    const [refused, unknown, ...read] = await history(`action=AUDIT&from=${from}`);
    expect(read.map(({ what }) => what.question?.part)).toEqual(
      ['history', 'state', 'differences', 'knowledge', 'narrative', 'accounts'].reverse(),
    );
    for (const { actor, outcome, ground } of read) {
      expect([actor.id, outcome.result, ground.relations]).toEqual([others.auditor.id, 'DONE', ['AUDITOR']]);
      expect(ground.rows).toContain(
        ground.rows.length > 1 ? 'account-of-the-auditor' : 'request-of-the-auditor',
      );
    }
    expect(unknown).toMatchObject({
      outcome: { result: 'REFUSED', code: 'EID_ERR_CASE_UNKNOWN' },
      what: { stream: 'registration-none', question: { part: 'state', version: 7 } },
    });
    expect(refused).toMatchObject({
      actor: { id: officers.head.id },
      outcome: { result: 'REFUSED', code: 'EID_ERR_FORBIDDEN' },
      what: { stream },
      ground: { rows: [] },
    });
  });
});
