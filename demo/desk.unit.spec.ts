import { expect, it } from 'vitest';
import type { Actor } from '../schemas/actor.ts';
import type { InboxItem } from '../schemas/inbox.ts';
import { desksOf, whoseTurn } from './desk.ts';

const officer = (id: string, role: Actor['roles'][number]): Actor => ({
  id,
  name: id,
  roles: [role],
  unit: 'CAX-1',
});
const colleagues = [
  officer('one', 'VERIFICATION_OFFICER'),
  officer('two', 'VERIFICATION_OFFICER'),
  officer('head', 'UNIT_HEAD'),
];

const item = (stream: string, holder?: string): InboxItem => ({
  stream,
  caseType: 'registration',
  caseVersion: 1,
  caseStatus: 'LOCAL_VERIFICATION',
  title: '',
  task: {
    id: 'verify-1',
    kind: 'VERIFY',
    role: 'VERIFICATION_OFFICER',
    units: ['CAX-1'],
    unitPath: ['CAX-1'],
    status: holder === undefined ? 'OPEN' : 'CLAIMED',
    openedAt: '2025-04-02T01:30:00.000Z',
    overdue: false,
    responsible: [],
    version: 1,
    ...(holder === undefined ? {} : { holder: { id: holder, name: holder } }),
  },
});

it('free tasks go to the colleagues of the role in turn, and never to the head', () => {
  const turns = ['a', 'b', 'c', 'd'].map((stream) => whoseTurn(item(stream), colleagues)?.id);
  expect(new Set(turns)).toEqual(new Set(['one', 'two']));
});

it('a task that somebody holds is for the holder, and for nobody here when the holder sits elsewhere', () => {
  expect(whoseTurn(item('a', 'two'), colleagues)?.id).toBe('two');
  expect(whoseTurn(item('a', 'stranger'), colleagues)).toBeUndefined();
});

it('a desk without anybody in the role lets the task be', () => {
  expect(whoseTurn(item('a'), colleagues.slice(2))).toBeUndefined();
});

it('people of one unit in the same roles sit together, and nobody sits outside of the units', () => {
  const elsewhere = { ...officer('three', 'VERIFICATION_OFFICER'), unit: 'CAX-2' };
  const { unit: _, ...registrant } = officer('registrant', 'REGISTRANT');
  const desks = desksOf([...colleagues, elsewhere, registrant]);
  expect(desks.map((desk) => desk.map(({ id }) => id))).toEqual([['one', 'two'], ['head'], ['three']]);
});
