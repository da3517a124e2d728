import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Actor } from '../../schemas/actor.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { appendBehindItsBack, type RequestCommand } from '../support/behind.ts';
import { send, streamOf } from '../support/play.ts';
import { dossierOf, filingOf, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const LOCAL = new Set([3, 4, 13, 14]);
const SILENT = new Map([2, 12].map((n) => [n, { fault: 'SILENT' }] as const));
const system = useSystem({
  organisations: 20,
  absent: LOCAL,
  faults: SILENT,
  values: { registryAnswerWithinMs: 400, registryAttempts: 1, registryBackoffMs: 50 },
  workerEnv: { ORGEID_CARETAKER_GRACE_MS: '1000', ORGEID_CARETAKER_EVERY_MS: '1000' },
});

type Command = RequestCommand;

const behind = (stream: string, command: Command) => appendBehindItsBack(system(), stream, command);

const known = async (stream: string): Promise<number> =>
  (await system().temporal.workflow.getHandle(stream).query<{ version: number }>('snapshot')).version;

const untilStatus = (stream: string, status: string) => system().watch.untilStatus(stream, status);
/** All three registries are silent, and somebody is asked what to do about each. */
const untilAllSilent = (stream: string) =>
  vi.waitFor(
    async () => {
      const tasks = (await readCase(system().pool, stream))?.tasks ?? [];
      expect(tasks.filter((t) => t.kind === 'RESOLVE_SILENCE' && t.status === 'OPEN')).toHaveLength(3);
    },
    { timeout: 20_000, interval: 50 },
  );

/** The registrant was told: nothing else happens in the case by itself any more. */
const untilTold = (stream: string) =>
  vi.waitFor(
    async () => {
      const found = await readCase(system().pool, stream);
      const state = found?.state as RegistrationState | undefined;
      expect(state?.notices.map((notice) => notice.status)).toEqual(['DELIVERED']);
    },
    { timeout: 20_000, interval: 50 },
  );

const consenting = (n: number) => {
  const dossier = dossierOf(n);
  const other = { id: `other-${n}`, name: 'Trần Thị B', number: '000011111111', nationality: 'VN' };
  return { ...filingOf(n), dossier: { ...dossier, otherRepresentatives: [other] } };
};
const other = (n: number): Actor => ({ id: `other-${n}`, name: 'Trần Thị B', roles: ['REPRESENTATIVE'] });

const note = 'đã kiểm tra hồ sơ giấy';
type Waiting = {
  readonly state: string;
  readonly n: number;
  reach(stream: string, n: number): Promise<unknown>;
  next(n: number): Omit<Command, 'id'>;
};
const file = (stream: string, n: number, filing: unknown = filingOf(n)) =>
  send(system(), stream, registrant(n), 'FileRequest', filing);
const findings = { taskId: 'verify-1', result: 'PASS' as const, findings: 'Có trụ sở', reasons: [] };

/** Every state in which a request waits for somebody, and what that somebody does next. */
const states: readonly Waiting[] = [
  {
    state: 'AWAITING_CONSENT',
    n: 1,
    reach: (stream, n) => file(stream, n, consenting(n)),
    next: (n) => ({ actor: other(n), type: 'GiveConsent', data: {} }),
  },
  {
    state: 'DB_CHECK with a silent registry',
    n: 2,
    reach: async (stream, n) => {
      await file(stream, n);
      await untilAllSilent(stream);
    },
    next: () => ({
      actor: officers.proposer,
      type: 'ResolveSilence',
      data: { taskId: 'resolve-silence-1', action: 'GO_LOCAL', note },
    }),
  },
  {
    state: 'LOCAL_VERIFICATION',
    n: 3,
    reach: async (stream, n) => {
      await file(stream, n);
      await untilStatus(stream, 'LOCAL_VERIFICATION');
    },
    next: () => ({ actor: officers.verifier, type: 'RecordFindings', data: findings }),
  },
  {
    state: 'LOCAL_VERIFICATION before confirmation',
    n: 4,
    reach: async (stream, n) => {
      await file(stream, n);
      await untilStatus(stream, 'LOCAL_VERIFICATION');
      await send(system(), stream, officers.verifier, 'RecordFindings', findings);
    },
    next: () => ({
      actor: officers.head,
      type: 'ConfirmFindings',
      data: { taskId: 'confirm-1', confirmed: true },
    }),
  },
  {
    state: 'PENDING_PROPOSAL',
    n: 5,
    reach: async (stream, n) => {
      await file(stream, n);
      await untilStatus(stream, 'PENDING_PROPOSAL');
    },
    next: () => ({
      actor: officers.proposer,
      type: 'ProposeIssuance',
      data: { taskId: 'propose-1', list: 'x' },
    }),
  },
  {
    state: 'PENDING_APPROVAL',
    n: 6,
    reach: async (stream, n) => {
      await file(stream, n);
      await untilStatus(stream, 'PENDING_PROPOSAL');
      await send(system(), stream, officers.proposer, 'ProposeIssuance', { taskId: 'propose-1', list: 'x' });
    },
    next: () => ({
      actor: officers.director,
      type: 'DecideRequest',
      data: { taskId: 'decide-1', decision: 'APPROVE', reasons: [] },
    }),
  },
  {
    state: 'RETURNED',
    n: 7,
    reach: async (stream, n) => {
      const { undertaking: _, ...rest } = dossierOf(n);
      await file(stream, n, { ...filingOf(n), dossier: { ...rest, undertaking: false } });
      await untilStatus(stream, 'RETURNED');
      await untilTold(stream);
    },
    next: (n) => {
      const { dossier, jurisdiction } = filingOf(n);
      return { actor: registrant(n), type: 'ResubmitRequest', data: { dossier, jurisdiction } };
    },
  },
];

test.each(states)(
  'in $state, the retry of a command that the log holds already is answered and the case goes on',
  async ({ n, reach, next }) => {
    const stream = streamOf(n);
    await reach(stream, n);
    const command = { id: `lost-${n}`, ...next(n) } as Command;
    const version = await behind(stream, command);
    expect(await known(stream)).toBeLessThanOrEqual(version);
    const answer = await system().cases.send(stream, command);
    expect(answer.version).toBe(version);
    expect(await known(stream)).toBeGreaterThanOrEqual(version);
    const ids = (await readStream(system().pool, stream)).filter((e) => e.commandId === command.id);
    expect(ids.at(-1)?.version).toBe(version);
  },
);

test.each(states)(
  'in $state, the caretaker brings the case up to a log that is ahead of it',
  async ({ n, reach, next }) => {
    const m = n + 10;
    const stream = streamOf(m);
    await reach(stream, m);
    const version = await behind(stream, { id: `lost-${m}`, ...next(m) } as Command);
    while ((await known(stream)) < version) await pause(100);
    expect((await readCase(system().pool, stream))?.version).toBeGreaterThanOrEqual(version);
  },
);

test('a sender who has seen a later version than the case knows makes it read the log first', async () => {
  const stream = streamOf(8);
  await file(stream, 8);
  await untilStatus(stream, 'PENDING_PROPOSAL');
  const propose = {
    actor: officers.proposer,
    type: 'ProposeIssuance',
    data: { taskId: 'propose-1', list: 'x' },
  };
  const seenVersion = await behind(stream, { id: 'lost-8', ...propose } as Command);
  const decide = { taskId: 'decide-1', decision: 'APPROVE', reasons: [] };
  const answer = await system().cases.send(stream, {
    id: 'decide-8',
    actor: officers.director,
    type: 'DecideRequest',
    data: decide,
    seenVersion,
  });
  expect(answer.version).toBeGreaterThan(seenVersion);
});

test('after all of this the log, the stream and the read models agree', async () => {
  await expectTruth(system());
});
