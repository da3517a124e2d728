import { describe, expect, it } from 'vitest';
import { systemActor } from '../../domain/deciding.ts';
import type { CaseLog } from '../../store/caseLog.ts';
import { type CaseSides, compareCase } from './compareCase.ts';
import type { Evidence } from './evidence.ts';

const at = '2025-03-03T01:00:00.000Z';
const person = { id: 'officer-1', name: 'Cán bộ 1' };

const event = (version: number, commandId: string, by = person) => ({
  version,
  commandId,
  fact: { type: 'Noted', data: { n: version }, at, by, version, commandId },
});

const logOf = (events: CaseLog['events'], closed = false): CaseLog => ({
  type: 'registration',
  version: events.at(-1)?.version ?? 0,
  closed,
  recordedAt: Date.parse(at),
  policyVersion: 'test/1',
  events,
});

const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  policy: {},
  carriedVersion: 0,
  accepted: ['file', 'propose'],
  updates: [
    { commandId: 'file', type: 'FileRequest', version: 2 },
    { commandId: 'propose', type: 'ProposeIssuance', version: 3 },
  ],
  recorded: [2, 3],
  facts: [],
  ...more,
});

const whole = [event(1, 'file'), event(2, 'file'), event(3, 'propose')];
const stream = 'registration-1';

/** The kinds that differ, with version and command. */
const found = (more: Partial<CaseSides>, status = 'RUNNING', known = evidence()) =>
  compareCase({
    stream,
    log: logOf(whole),
    knownUntil: 3,
    run: { run: 'r1', status, evidence: known },
    retained: true,
    ...more,
  }).map(({ kind, version, commandId }) => [kind, version, commandId].filter((part) => part !== undefined));

describe('a case and its workflow', () => {
  it('agree when every Update has its events and every event its command', () => {
    expect(found({})).toEqual([]);
    expect(found({ log: logOf(whole, true) }, 'COMPLETED')).toEqual([]);
  });

  it('agree on an Update that decided to nothing: it answered the version that stood already', () => {
    const known = evidence();
    const again = [...known.updates, { commandId: 'claim', type: 'ClaimTask', version: 3 }];
    expect(
      found({}, 'RUNNING', evidence({ updates: again, accepted: ['file', 'propose', 'claim'] })),
    ).toEqual([]);
  });

  it('agree on what the system told the case, and on what an earlier run carried over', () => {
    const log = logOf([...whole, event(4, 'registration-1:Expire:3', systemActor)]);
    expect(found({ log, knownUntil: 4 }, 'RUNNING', evidence({ recorded: [2, 3, 4] }))).toEqual([]);
    const carried = evidence({ carriedVersion: 3, recorded: [4], updates: [], accepted: [] });
    expect(found({ log, knownUntil: 4 }, 'RUNNING', carried)).toEqual([]);
  });

  it('agree on what the log got while the history was read', () => {
    expect(found({ log: logOf([...whole, event(4, 'decide')]), knownUntil: 3 })).toEqual([]);
  });

  it.each([
    ['open', false, 'TERMINATED', ['OPEN_CASE_WORKFLOW_ENDED']],
    ['open', false, 'COMPLETED', ['OPEN_CASE_WORKFLOW_ENDED']],
    ['closed', true, 'RUNNING', ['CLOSED_CASE_WORKFLOW_RUNNING']],
    ['closed', true, 'FAILED', ['CLOSED_CASE_WORKFLOW_NOT_COMPLETED']],
    ['closed', true, 'TIMED_OUT', ['CLOSED_CASE_WORKFLOW_NOT_COMPLETED']],
  ])('differ when the case is %s (%j) and its workflow %s', (_, closed, status, kind) => {
    expect(found({ log: logOf(whole, closed) }, status)).toEqual([kind]);
  });

  it('differ when there is no workflow, except for a case that closed beyond retention', () => {
    expect(found({ run: undefined })).toEqual([['OPEN_CASE_WITHOUT_WORKFLOW']]);
    const log = logOf(whole, true);
    expect(found({ run: undefined, log })).toEqual([['CLOSED_CASE_WITHOUT_WORKFLOW']]);
    expect(found({ run: undefined, log, retained: false })).toEqual([]);
  });

  it('differ when a workflow runs of which the log knows nothing; one that was refused at the door is over', () => {
    const refused = evidence({ updates: [], recorded: [], accepted: ['file'] });
    expect(found({ log: undefined, knownUntil: 0 }, 'RUNNING', refused)).toEqual([['WORKFLOW_WITHOUT_LOG']]);
    expect(found({ log: undefined, knownUntil: 0 }, 'COMPLETED', refused)).toEqual([]);
  });

  it('differ when the events of an answered Update are gone from the end', () => {
    expect(found({ log: logOf(whole.slice(0, 2)) })).toEqual([['UPDATE_WITHOUT_EVENTS', 3, 'propose']]);
  });

  it('differ when one of the events of a command is gone', () => {
    expect(found({ log: logOf([event(2, 'file'), event(3, 'propose')]) })).toEqual([
      ['RECORDED_EVENT_MISSING', 1],
    ]);
  });

  it('differ when an Update was answered with an earlier version than its events have', () => {
    const known = evidence({ updates: [{ commandId: 'propose', type: 'ProposeIssuance', version: 2 }] });
    expect(found({}, 'RUNNING', known)).toEqual([['UPDATE_VERSION_DIFFERS', 2, 'propose']]);
  });

  it('differ when the log names a command that the workflow never took', () => {
    const log = logOf([event(1, 'file'), event(2, 'file'), event(3, 'forged')]);
    expect(found({ log })).toEqual([['KNOWN_EVENT_DIFFERS', 3, 'forged']]);
  });

  it('differ when an event that the workflow read from the log is another one now', () => {
    const [first, second, third] = whole.map(({ fact }) => fact);
    const read = evidence({ recorded: [], facts: [first, second, third].flatMap((fact) => fact ?? []) });
    expect(found({}, 'RUNNING', read)).toEqual([]);
    const changed = { ...event(3, 'propose'), fact: { ...event(3, 'propose').fact, data: { n: 4 } } };
    expect(found({ log: logOf([...whole.slice(0, 2), changed]) }, 'RUNNING', read)).toEqual([
      ['KNOWN_EVENT_DIFFERS', 3, 'propose'],
    ]);
  });

  it('differ when the log holds events after the last that the workflow knows', () => {
    const log = logOf([...whole, event(4, 'decide'), event(5, 'decide')]);
    expect(found({ log, knownUntil: 5 })).toEqual([
      ['EVENT_UNKNOWN_TO_WORKFLOW', 4, 'decide'],
      ['EVENT_UNKNOWN_TO_WORKFLOW', 5, 'decide'],
    ]);
  });
});
