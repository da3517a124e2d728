import { expect, it } from 'vitest';
import { DomainError } from '../domain/error.ts';
import type { InboxItem } from '../schemas/inbox.ts';
import { approvable, approve } from './approvals.ts';
import type { Http } from './http/client.ts';
import { createLedger } from './ledger.ts';
import { readSample } from './sample.ts';
import type { Stage } from './stage.ts';

const { entries } = await readSample();
const ledger = createLedger();
const rowOf = (path: string) => {
  const entry = entries.find((each) => each.path === path);
  if (!entry) throw new Error(path);
  return entry;
};
ledger.filed(rowOf('direct match'), 'registration-a');
ledger.filed(rowOf('sent back by the director'), 'registration-b');

const item = (stream: string, id: string, kind: InboxItem['task']['kind'] = 'DECIDE'): InboxItem => ({
  stream,
  caseType: 'registration',
  caseVersion: 9,
  caseStatus: 'PENDING_APPROVAL',
  title: '',
  task: {
    id,
    kind,
    role: 'C06_DIRECTOR',
    units: ['C06'],
    unitPath: ['C06'],
    status: 'OPEN',
    openedAt: '2025-04-02T01:30:00.000Z',
    overdue: false,
    responsible: [],
    version: 1,
  },
});
const [a, b] = [item('registration-a', 'decide-1'), item('registration-b', 'decide-1')];
const director = { id: 'director', name: 'Director', roles: ['C06_DIRECTOR' as const], unit: 'C06' };

it('the Director approves what is proposed, but sends the first proposal of the one storyline back', () => {
  const again = item('registration-b', 'decide-2');
  const others = [item('registration-a', 'propose-1', 'PROPOSE'), item('registration-of-others', 'decide-1')];
  expect(approvable({ ledger }, [a, b, again, ...others])).toEqual([a, again]);
});

/** A stage whose API answers so about one request. */
function stageWith(code: string | undefined): Pick<Stage, 'http' | 'ledger'> {
  const named = { stream: 'registration-a', taskId: 'decide-1', commandId: 'x' };
  const problem = { type: 'x', title: 'x', status: 409, code, next: 'x', details: {}, correlationId: 'x' };
  const refused = code !== undefined;
  const one = refused ? { ...named, result: 'REFUSED', problem } : { ...named, result: 'DONE', version: 10 };
  const answer = { done: refused ? 0 : 1, refused: refused ? 1 : 0, unanswered: 0, items: [one] };
  const http: Http = {
    post: async (_person, _path, _body, _key, shape) => shape.parse(answer),
    get: () => Promise.reject(new Error('nothing is read')),
    follow: () => Promise.reject(new Error('nothing is followed')),
  };
  return { http, ledger };
}

it('what was done is told, and a refusal only where the inbox was not merely read too early', async () => {
  expect(await approve(stageWith(undefined), director, [a])).toBe(true);
  expect(await approve(stageWith('EID_ERR_TASK_CLOSED'), director, [a])).toBe(false);
  const refused = approve(stageWith('EID_ERR_FOUR_EYES'), director, [a]);
  await expect(refused).rejects.toThrow(DomainError);
  expect(ledger.refusals(rowOf('direct match'))).toEqual(['EID_ERR_FOUR_EYES']);
});
