import { expect, it } from 'vitest';
import { loadPolicy } from '../policies/load.ts';
import { AccountEvent } from '../schemas/account.ts';
import type { LoggedEvent } from '../schemas/case.ts';
import { LockOrderEvent } from '../schemas/lock-order.ts';
import { RegistrationEvent } from '../schemas/registration.ts';
import { sentences } from './sentences.ts';
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
  const running = { dueAt: '2025-04-05T09:00:00.000Z' };
  expect(timeline([logged('RequestAccepted', { running })], policy)).toEqual([
    {
      at: '02/04/2025 08:30:00',
      by: 'Trần Thị Thử (CAX-1)',
      vi: 'Tiếp nhận hồ sơ đầy đủ, hợp lệ; hạn 05/04/2025 16:00:00',
      en: 'Complete and valid: the clock starts; due 05/04/2025 16:00:00',
      basis: 'Decree 69/2024 Art 13(4)(a) [V]',
    },
  ]);
});

it('the basis follows the policy: where no text was found the timeline says so', () => {
  const [moment] = timeline([logged('ConsentRefused', {})], policy);
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
    sentences(logged('RequestOverdue', { limit, dueAt: '2025-04-05T09:00:00.000Z' }));
  expect(told('NOT_IN_DATABASES').parameter).toBe('limitNotInDatabases');
  expect(told('IN_DATABASES').parameter).toBe('limitInDatabases');
});

it('every event of a request, an account or an order that a story shows has words of its own', () => {
  const events = [...RegistrationEvent.options, ...AccountEvent.options, ...LockOrderEvent.options];
  const types = events.map(({ shape }) => shape.type.value);
  const wordless = [...new Set(types)].filter((type) => sentences({ type, data: {} }).vi.startsWith(type));
  expect(wordless.sort()).toEqual([
    'NoticeRetried',
    'TaskCancelled',
    'TaskCompleted',
    'TaskEscalated',
    'TaskOverdue',
    'TaskReleased',
  ]);
});

it('no personal number, telephone or address of the form reaches a timeline', () => {
  const dossier = { registrant: { number: '000000000001', mobile: '0000123456', email: 'a@example.com' } };
  const events = ['DossierDrafted', 'RequestResubmitted', 'NoticeOrdered', 'RegistryAnswered'].map(
    (type, i) =>
      logged(
        type,
        { channel: 'VNEID_APP', dossier, to: dossier.registrant, values: dossier.registrant },
        i + 1,
      ),
  );
  expect(timelineText(timeline(events, policy))).not.toMatch(/000000000001|0000123456|a@example/);
});
