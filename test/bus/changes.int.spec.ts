import type { NatsConnection } from '@nats-io/nats-core';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { offerChange, takeUpWaiting } from '../../activities/changes.ts';
import { type ChangesOptions, runChanges } from '../../bus/changes.ts';
import { CHANGES, ensureStreams, manager } from '../../bus/streams.ts';
import type { Cases } from '../../client/cases.ts';
import { DomainError } from '../../domain/error.ts';
import type { RegistryChange } from '../../schemas/change.ts';
import { journalChange } from '../../store/changes.ts';
import { findCommand, readStream } from '../../store/read.ts';
import { createRecorder } from '../../store/record.ts';
import { note, projections, useStore, viewing } from '../store/support.ts';
import { useEngines } from '../support/engines.ts';
import { changeOf, journalOf, sendChange, settled } from './changes.ts';
import { freshBus } from './stream.ts';

const engines = useEngines(['nats']);
const store = useStore();

let serial = 0;
/** A code that no other test used. */
const freshCode = (): string => String(1_000_000_000 + ++serial);
const freshId = (): string => `change-${++serial}`;

async function changesBus(): Promise<NatsConnection> {
  const nc = await freshBus(engines().nats.url);
  await (await manager(nc)).streams.delete(CHANGES);
  await ensureStreams(nc);
  return nc;
}

/** A case in the log that claims these codes. */
async function caseWith(stream: string, codes: readonly string[], version = 0): Promise<string> {
  const claims = codes.map((code) => `code:${code}`);
  const recorder = createRecorder(store.pool(), projections);
  expect(await recorder.record(note(stream, version, viewing({ claims })))).toMatchObject({
    kind: 'recorded',
  });
  return stream;
}
const account = (codes: readonly string[]) => caseWith(`account-${20_000_000_000 + ++serial}`, codes);

/** Cases that write one event for each command, once. */
const cases = (): Pick<Cases, 'send'> => ({
  async send(stream, command) {
    const done = await findCommand(store.pool(), stream, command.id);
    const version = (await readStream(store.pool(), stream)).length;
    if (done.length > 0) return { version };
    const events = [{ type: command.type, data: command.data }];
    const recorder = createRecorder(store.pool(), projections);
    await recorder.record(note(stream, version, { commandId: command.id, events }));
    return { version: version + 1 };
  },
});

const commandsOf = async (stream: string) =>
  (await readStream(store.pool(), stream)).map(({ type }) => type).filter((type) => type !== 'Noted');

function run(
  nc: NatsConnection,
  sending: Pick<Cases, 'send'> = cases(),
  options: Partial<ChangesOptions> = {},
) {
  const stop = new AbortController();
  const ended = runChanges({
    nc,
    signal: stop.signal,
    log: pino({ level: 'silent' }),
    maxRetryMs: 100,
    offer: (change) => offerChange({ cases: sending, db: store.pool() }, change),
    journal: (entry) => journalChange(store.pool(), entry),
    ...options,
  });
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
}

const dispositions = async (...ids: readonly string[]) =>
  (await journalOf(store.pool(), ...ids)).map(({ disposition }) => disposition);

describe('a change that a registry publishes', () => {
  it.each([
    ['code', (code: string) => ({ code })],
    ['tax code', (code: string) => ({ taxCode: code })],
    ['code, among fields that are not known', (code: string) => ({ code, addedLater: 1 })],
  ])('is taken by the account that holds its %s', async (_, subject) => {
    const nc = await changesBus();
    const code = freshCode();
    const holder = await account([code]);
    run(nc);
    const change = changeOf({ id: freshId(), subject: subject(code) });
    await sendChange(nc, 'BUSINESS', change);
    await settled(nc);
    expect(await journalOf(store.pool(), change.id)).toMatchObject([
      { disposition: 'TAKEN', registry: 'BUSINESS', stream: holder },
    ]);
    expect(await commandsOf(holder)).toEqual(['TakeRegistryChange']);
  });

  it('is taken by the account of the identification number that it names, whatever codes it names', async () => {
    const nc = await changesBus();
    const holder = await account([freshCode()]);
    run(nc);
    const id = freshId();
    const subject = { identificationNumber: holder.slice('account-'.length), code: freshCode() };
    await sendChange(nc, 'BUSINESS', changeOf({ id, subject }));
    await settled(nc);
    expect(await journalOf(store.pool(), id)).toMatchObject([{ disposition: 'TAKEN', stream: holder }]);
  });

  it('is UNKNOWN when nobody holds its codes, and when its number is nobody’s but its codes are another’s', async () => {
    const nc = await changesBus();
    const code = freshCode();
    const holder = await account([code]);
    run(nc);
    const [first, second] = [freshId(), freshId()];
    await sendChange(nc, 'BUSINESS', changeOf({ id: first, subject: { code: freshCode() } }));
    const subject = { identificationNumber: '99999999999', code };
    await sendChange(nc, 'BUSINESS', changeOf({ id: second, subject }));
    await settled(nc);
    expect(await dispositions(first, second)).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(await commandsOf(holder)).toEqual([]);
  });

  it.each([
    ['MALFORMED', 'BUSINESS', '{"schema":"registry-cha'],
    ['MALFORMED', 'BUSINESS', '\u0000'],
    ['MALFORMED', 'BUSINESS', { ...changeOf({ id: 'shape' }), subject: {} }],
    ['MALFORMED', 'BUSINESS', { ...changeOf({ id: 'schema' }), schema: 'registry-change/9' }],
    ['MALFORMED', 'BUSINESS', { ...changeOf({ id: 'text' }), values: { address: 'a\u0000b' } }],
    ['MALFORMED', 'BUSINESS', changeOf({ id: 'future', changedAt: '2999-01-01T00:00:00.000Z' })],
    ['MALFORMED', 'NOBODY', 'not JSON'],
    ['MISADDRESSED', 'TAX', changeOf({ id: 'sender' })],
    ['MISADDRESSED', 'NOBODY', changeOf({ id: 'subject' })],
  ])(
    'is journaled as %s when it comes so on changes.%s, and reaches nobody',
    async (expected, registry, body) => {
      const nc = await changesBus();
      const before = (await journalOf(store.pool())).length;
      run(nc, { send: () => Promise.reject(new Error('nobody may be asked')) });
      await sendChange(nc, registry, body);
      await settled(nc);
      const added = (await journalOf(store.pool())).slice(before);
      expect(added.map(({ disposition }) => disposition)).toEqual([expected]);
    },
  );

  it('is MALFORMED when it holds what no command may, and is not offered for ever', async () => {
    const nc = await changesBus();
    const code = freshCode();
    await account([code]);
    run(nc, { send: () => Promise.reject(new DomainError('EID_ERR_SHAPE')) });
    const id = freshId();
    await sendChange(nc, 'BUSINESS', changeOf({ id, subject: { code } }));
    await settled(nc);
    expect(await dispositions(id)).toEqual(['MALFORMED']);
  });

  it('is taken once however many messages bring it at once; the others are DUPLICATE', async () => {
    const nc = await changesBus();
    const code = freshCode();
    const holder = await account([code]);
    const id = freshId();
    const change = changeOf({ id, subject: { code } });
    await Promise.all(Array.from({ length: 8 }, () => sendChange(nc, 'BUSINESS', change)));
    run(nc);
    await settled(nc);
    expect((await dispositions(id)).sort()).toEqual([...Array(7).fill('DUPLICATE'), 'TAKEN']);
    expect(await commandsOf(holder)).toEqual(['TakeRegistryChange']);
  });

  it('is DUPLICATE with a remark when an earlier one of its id said something else', async () => {
    const nc = await changesBus();
    const code = freshCode();
    await account([code]);
    run(nc);
    const id = freshId();
    const change = changeOf({ id, subject: { code } });
    await sendChange(nc, 'BUSINESS', change);
    await settled(nc);
    await sendChange(nc, 'BUSINESS', change);
    await settled(nc);
    await sendChange(nc, 'BUSINESS', { ...change, values: { address: 'Số 3 đường Ví Dụ' } });
    await settled(nc);
    expect(await journalOf(store.pool(), id)).toMatchObject([
      { disposition: 'TAKEN', detail: null },
      { disposition: 'DUPLICATE', detail: null },
      { disposition: 'DUPLICATE', detail: 'the same id with other content' },
    ]);
  });

  it('is DUPLICATE when the account holds all of it, and AFTER_END when nothing changes there any more', async () => {
    const nc = await changesBus();
    const [code, ended] = [freshCode(), freshCode()];
    await account([code]);
    const closed = await account([ended]);
    await store.pool().query('update orgeid.cases set closed = true where stream = $1', [closed]);
    run(nc, { send: async () => ({ version: 1 }) });
    const [first, second] = [freshId(), freshId()];
    await sendChange(nc, 'BUSINESS', changeOf({ id: first, subject: { code } }));
    await sendChange(nc, 'BUSINESS', changeOf({ id: second, subject: { code: ended } }));
    await settled(nc);
    expect(await dispositions(first)).toEqual(['DUPLICATE']);
    expect(await dispositions(second)).toEqual(['AFTER_END']);
  });

  it('comes again for as long as the account cannot be reached, and is then taken once', async () => {
    const nc = await changesBus();
    const code = freshCode();
    const holder = await account([code]);
    let tries = 0;
    const { send } = cases();
    run(nc, {
      send: (stream, command) =>
        ++tries < 4 ? Promise.reject(new DomainError('EID_ERR_UNAVAILABLE')) : send(stream, command),
    });
    const id = freshId();
    await sendChange(nc, 'BUSINESS', changeOf({ id, subject: { code } }));
    await settled(nc);
    expect(tries).toBe(4);
    expect(await dispositions(id)).toEqual(['TAKEN']);
    expect(await commandsOf(holder)).toEqual(['TakeRegistryChange']);
  });

  it('is one entry TAKEN when the journal was away, or the acknowledgement lost, after the account took it', async () => {
    const nc = await changesBus();
    const code = freshCode();
    const holder = await account([code]);
    let tries = 0;
    run(nc, cases(), {
      journal: async (entry) => {
        tries++;
        if (tries < 3) throw new Error('PostgreSQL is down');
        const disposition = await journalChange(store.pool(), entry);
        if (tries < 5) throw new Error('killed before the acknowledgement');
        return disposition;
      },
    });
    const id = freshId();
    await sendChange(nc, 'BUSINESS', changeOf({ id, subject: { code } }));
    await settled(nc);
    expect(tries).toBe(5);
    expect(await dispositions(id)).toEqual(['TAKEN']);
    expect(await commandsOf(holder)).toEqual(['TakeRegistryChange']);
  });

  it('finds its account by a code that the account held earlier, until another organisation gets it', async () => {
    const nc = await changesBus();
    const [before, after] = [freshCode(), freshCode()];
    const holder = await account([before]);
    await caseWith(holder, [after], 1);
    run(nc);
    const [first, second] = [freshId(), freshId()];
    const change = changeOf({ id: first, subject: { code: before } });
    await sendChange(nc, 'BUSINESS', change);
    await settled(nc);
    const other = await account([before]);
    await sendChange(nc, 'BUSINESS', change);
    await sendChange(nc, 'BUSINESS', changeOf({ id: second, subject: { code: before } }));
    await settled(nc);
    expect(await journalOf(store.pool(), first)).toMatchObject([
      { disposition: 'TAKEN', stream: holder },
      { disposition: 'DUPLICATE', stream: holder },
    ]);
    expect(await journalOf(store.pool(), second)).toMatchObject([{ disposition: 'TAKEN', stream: other }]);
  });

  it('is a CONFLICT, noted with the account, when its new code is another organisation’s', async () => {
    const nc = await changesBus();
    const [code, taken] = [freshCode(), freshCode()];
    const holder = await account([code]);
    const other = await account([taken]);
    const { send } = cases();
    run(nc, {
      send: (stream, command) =>
        command.type === 'TakeRegistryChange'
          ? Promise.reject(new DomainError('EID_ERR_ORGANISATION_TAKEN', { key: `code:${taken}`, by: other }))
          : send(stream, command),
    });
    const change = changeOf({ id: freshId(), subject: { code }, values: { enterprise_code: taken } });
    await sendChange(nc, 'BUSINESS', change);
    await settled(nc);
    expect(await journalOf(store.pool(), change.id)).toMatchObject([
      { disposition: 'CONFLICT', stream: holder },
    ]);
    const noted = (await readStream(store.pool(), holder)).at(-1);
    expect(noted).toMatchObject({
      type: 'NoteChangeConflict',
      data: { change: { id: change.id }, key: `code:${taken}`, heldBy: other },
    });
  });

  it('is a CONFLICT, and taken by nobody, when its two codes are those of two organisations', async () => {
    const nc = await changesBus();
    const [code, taxCode] = [freshCode(), freshCode()];
    const ofCode = await account([code]);
    const ofTaxCode = await account([taxCode]);
    run(nc);
    const [business, tax] = [freshId(), freshId()];
    const subject = { code, taxCode };
    await sendChange(nc, 'BUSINESS', changeOf({ id: business, subject }));
    await sendChange(nc, 'TAX', changeOf({ id: tax, registry: 'TAX', subject }));
    await settled(nc);
    expect(await journalOf(store.pool(), business)).toMatchObject([
      { disposition: 'CONFLICT', stream: ofCode },
    ]);
    expect(await journalOf(store.pool(), tax)).toMatchObject([
      { disposition: 'CONFLICT', stream: ofTaxCode },
    ]);
    expect(await commandsOf(ofCode)).toEqual(['NoteChangeConflict']);
    expect(await commandsOf(ofTaxCode)).toEqual(['NoteChangeConflict']);
  });

  it('reaches its command under an id of at most 200 characters, however long its own is', async () => {
    const nc = await changesBus();
    const code = freshCode();
    const holder = await account([code]);
    run(nc);
    const id = 'x'.repeat(200);
    await sendChange(nc, 'BUSINESS', changeOf({ id, subject: { code } }));
    await settled(nc);
    const taken = (await readStream(store.pool(), holder)).at(-1);
    expect(taken?.type).toBe('TakeRegistryChange');
    expect(taken?.commandId.length).toBeLessThanOrEqual(200);
  });

  it('keeps values out of the log lines', async () => {
    const nc = await changesBus();
    const code = freshCode();
    await account([code]);
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    run(nc, cases(), { log });
    const change = changeOf({ id: freshId(), subject: { code } });
    await sendChange(nc, 'BUSINESS', change);
    await sendChange(nc, 'BUSINESS', { ...change, changedAt: 'Số 2 đường Ví Dụ' });
    await settled(nc);
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.join('')).not.toContain('Ví Dụ');
  });
});

describe('a change that comes while the organisation’s request is under way', () => {
  const request = (codes: readonly string[]) => caseWith(`registration-w${++serial}`, codes);

  /** The account takes the request's codes over. */
  async function open(from: string, codes: readonly string[]): Promise<string> {
    const stream = `account-${20_000_000_000 + ++serial}`;
    const claims = codes.map((code) => `code:${code}`);
    const recorder = createRecorder(store.pool(), projections);
    await recorder.record(note(stream, 0, viewing({ claims, claimsFrom: from })));
    return stream;
  }

  it('is NOT_YET_OPEN, and taken up when the account opens, earliest change first, each once', async () => {
    const nc = await changesBus();
    const code = freshCode();
    const asked = await request([code]);
    run(nc);
    const [late, early] = [freshId(), freshId()];
    const at = (id: string, changedAt: string) => changeOf({ id, changedAt, subject: { code } });
    await sendChange(nc, 'BUSINESS', at(late, '2025-04-03T01:00:00.000Z'));
    await sendChange(nc, 'BUSINESS', at(early, '2025-04-02T01:00:00.000Z'));
    await sendChange(nc, 'BUSINESS', at(early, '2025-04-02T01:00:00.000Z'));
    await settled(nc);
    expect(await dispositions(late, early)).toEqual(Array(3).fill('NOT_YET_OPEN'));
    const opened = await open(asked, [code]);
    const takeUp = () => takeUpWaiting({ cases: cases(), db: store.pool() }, [`code:${code}`]);
    await takeUp();
    await takeUp();
    const taken = (await journalOf(store.pool(), late, early)).slice(3);
    expect(taken).toMatchObject([
      { change_id: early, disposition: 'TAKEN', stream: opened },
      { change_id: late, disposition: 'TAKEN', stream: opened },
    ]);
    expect(await commandsOf(opened)).toEqual(['TakeRegistryChange', 'TakeRegistryChange']);
  });

  it('is not lost when the account opens between the look for it and the journal entry', async () => {
    const nc = await changesBus();
    const code = freshCode();
    const asked = await request([code]);
    let opened: string | undefined;
    run(nc, cases(), {
      journal: async (entry) => {
        if (!opened) {
          opened = await open(asked, [code]);
          await takeUpWaiting({ cases: cases(), db: store.pool() }, [`code:${code}`]);
        }
        return journalChange(store.pool(), entry);
      },
    });
    const id = freshId();
    await sendChange(nc, 'BUSINESS', changeOf({ id, subject: { code } }));
    await settled(nc);
    expect(await dispositions(id)).toEqual(['NOT_YET_OPEN', 'TAKEN']);
    expect(await commandsOf(opened ?? '')).toEqual(['TakeRegistryChange']);
  });

  it('is offered again by the next try when the worker died in the middle of taking up', async () => {
    const nc = await changesBus();
    const code = freshCode();
    const asked = await request([code]);
    run(nc);
    const ids = [freshId(), freshId(), freshId()];
    for (const [i, id] of ids.entries()) {
      const changedAt = `2025-04-0${i + 1}T01:00:00.000Z`;
      await sendChange(nc, 'BUSINESS', changeOf({ id, changedAt, subject: { code } }));
    }
    await settled(nc);
    const opened = await open(asked, [code]);
    let sent = 0;
    const { send } = cases();
    const dying: Pick<Cases, 'send'> = {
      send: (stream, command) => (++sent === 2 ? Promise.reject(new Error('killed')) : send(stream, command)),
    };
    const keys = [`code:${code}`];
    await expect(takeUpWaiting({ cases: dying, db: store.pool() }, keys)).rejects.toThrow('killed');
    await takeUpWaiting({ cases: cases(), db: store.pool() }, keys);
    const takenIds = (await readStream(store.pool(), opened))
      .filter(({ type }) => type === 'TakeRegistryChange')
      .map(({ data }) => (data.change as RegistryChange).id);
    expect(takenIds).toEqual(ids);
  });
});
