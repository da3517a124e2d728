import { expect, it } from 'vitest';
import { loadPolicy } from '../policies/load.ts';
import type { LoggedEvent } from '../schemas/case.ts';
import { steps, timeline, timelineText } from './timeline.ts';

const policy = await loadPolicy();

const logged = (type: string, data: Record<string, unknown>, position = 1): LoggedEvent => ({
  position,
  stream: 'registration-t',
  version: position,
  type,
  data,
  at: '2025-04-02T01:30:00.000Z',
  by: { id: 'x', name: 'Trần Thị Thử', unit: 'CAX-1' },
  commandId: 'c',
  recordedAt: '2025-04-02T01:30:00.000Z',
  prevHash: '0'.repeat(64),
  hash: '0'.repeat(64),
});

it('a step has the local time, the person, both languages and the basis with its confidence from the policy', () => {
  const running = { kind: 'IN_DATABASES', dueAt: '2025-04-05T09:00:00.000Z' };
  expect(timeline([logged('RequestAccepted', { running })], policy)).toEqual([
    {
      at: '02/04/2025 08:30:00',
      by: 'Trần Thị Thử (CAX-1)',
      vi: 'Tiếp nhận hồ sơ đầy đủ, hợp lệ; bắt đầu tính thời hạn, đến 05/04/2025 16:00:00',
      en: 'The dossier is complete and valid and is accepted; the clock starts, until 05/04/2025 16:00:00',
      basis: 'Decree 69/2024 Art 13(4)(a) [V]',
    },
  ]);
});

it('the basis follows the policy: where no text was found the timeline says so', () => {
  const [moment] = timeline([logged('ConsentRefused', { representative: 'b' })], policy);
  expect(moment?.basis).toBe('No text found on what a refusal does [NF]');
});

it('steps come in the order of the log, without the bookkeeping of tasks', () => {
  const events = [
    logged('AccountActivated', {}, 3),
    logged('TaskClaimed', {}, 2),
    logged('RequestSubmitted', {}, 1),
  ];
  expect(steps(events).map(({ type }) => type)).toEqual(['RequestSubmitted', 'AccountActivated']);
});

it('a limit that passed is told under the limit that it was', () => {
  const told = (limit: string) =>
    timeline([logged('RequestOverdue', { limit, dueAt: '2025-04-05T09:00:00.000Z' })], policy)[0]?.basis;
  expect(told('NOT_IN_DATABASES')).toMatch(/13\(4\)\(b\)/);
  expect(told('IN_DATABASES')).toMatch(/13\(4\)\(a\)/);
});

it('tasks of the same name in two cases are told apart', () => {
  const opened = { taskId: 'verify-1', role: 'C06_OFFICER', unit: 'C06' };
  const done = { taskId: 'verify-1', by: { id: 'x', name: 'Trần Thị Thử' } };
  const other = { stream: 'account-t' };
  const told = timeline(
    [
      logged('TaskOpened', { ...opened, kind: 'PROPOSE' }, 1),
      { ...logged('TaskOpened', { ...opened, kind: 'REVIEW_OWNER' }, 2), ...other },
      logged('TaskReleased', done, 3),
      { ...logged('TaskReleased', done, 4), ...other },
    ],
    policy,
  );
  expect(told.map(({ en }) => en).slice(2)).toEqual([
    'The task is given back: propose issuance',
    'The task is given back: review who speaks for the account',
  ]);
});

it('no personal number, telephone or address of the form reaches a timeline', () => {
  const registrant = { name: 'Lan', number: '000000000001', mobile: '0000123456', email: 'a@example.com' };
  const dossier = { registrant, organisation: { nameVi: 'Tổ chức thử' } };
  const notice = { template: 'ACCOUNT_ISSUED', to: registrant, values: registrant, channels: ['SMS'] };
  const events = [
    logged('DossierDrafted', { channel: 'VNEID_APP', dossier }, 1),
    logged('RequestResubmitted', { dossier }, 2),
    logged('NoticeOrdered', notice, 3),
  ];
  expect(timelineText(timeline(events, policy))).not.toMatch(/000000000001|0000123456|a@example/);
});
