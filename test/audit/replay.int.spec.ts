import type { QueryConfig } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountsAt } from '../../audit/replay/accounts.ts';
import { applied, type Difference } from '../../audit/replay/differences.ts';
import { differencesOf, historyOf, knowledgeOf, stateOf } from '../../audit/replay/questions.ts';
import { stateAt } from '../../audit/replay/stateAt.ts';
import { policy } from '../../audit/testing/histories.spec.ts';
import { DomainError } from '../../domain/error.ts';
import { people } from '../../domain/testing/people.ts';
import { loadAccessTable } from '../../policies/access/load.ts';
import type { AccountState } from '../../schemas/account.ts';
import { AuditDifferences, AuditHistory, AuditKnowledge, AuditState } from '../../schemas/audit.ts';
import type { LoggedEvent } from '../../schemas/case.ts';
import { recordAccess } from '../../store/accessHistory.ts';
import { putAccessTable } from '../../store/accessTables.ts';
import { putOfficers } from '../../store/officers.ts';
import { putPolicy } from '../../store/policy.ts';
import type { Queryable } from '../../store/pool.ts';
import { readHead } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { reading } from '../store/accessEntries.ts';
import { collect, tamper, useStore } from '../store/support.ts';
import { accountLike, caseWith, recorded } from './support.ts';

const store = useStore();
const reader = {
  actor: { id: 'auditor', name: 'Kiểm toán viên', roles: ['AUDITOR' as const] },
  table: loadAccessTable(),
};
const archive = () => ({ db: store.pool(), now: Date.now() });
const request = caseWith('registration', (types) => types.includes('FindingsConfirmed'));
const life = caseWith(
  'account',
  (types) => types.includes('AccountUnlocked') && types.includes('AccountActivated'),
);
let events: LoggedEvent[] = [];
const at = (i: number): LoggedEvent => {
  const event = events.at(i);
  if (!event) throw new Error('the case has no such event');
  return event;
};

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof DomainError)) return 'taken';
  return `${error.code} ${String(error.details.why ?? '')}`.trim();
};

beforeAll(async () => {
  await putPolicy(store.pool(), policy);
  const before = accountLike(life.events, 0);
  await recorded(store.pool(), before.stream, before.events);
  events = await recorded(store.pool(), request.stream, request.events);
  const after = accountLike(life.events, 1);
  await recorded(store.pool(), after.stream, after.events);
});

describe('a case at a moment', () => {
  it('is the same by version, by position and by the time of recording', async () => {
    for (const event of events) {
      const moments = [{ version: event.version }, { position: event.position }, { at: event.recordedAt }];
      for (const moment of moments) {
        const found = await stateOf(archive(), reader, request.stream, moment);
        expect(found.moment.version).toBe(event.version);
        expect(found.state).toEqual(stateAt('registration', request.stream, events.slice(0, event.version)));
      }
    }
  });

  it('between two events is as the earlier left it, and today as the read model has it', async () => {
    const between = at(3).recordedAt.replace(
      /(\d{6})Z$/,
      (_, us: string) => `${String(Number(us) + 1).padStart(6, '0')}Z`,
    );
    expect(between < at(4).recordedAt).toBe(true);
    expect((await stateOf(archive(), reader, request.stream, { at: between })).moment.version).toBe(4);
    const today = AuditState.parse(await stateOf(archive(), reader, request.stream, undefined));
    const row = await readCase(store.pool(), request.stream);
    expect(today.state).toEqual(row?.state);
    expect(today.view.status).toBe(row?.status);
  });

  it('is nothing where there is nothing, with a code that says why', async () => {
    const ask = (moment: Parameters<typeof stateOf>[3], stream = request.stream) =>
      codeOf(stateOf(archive(), reader, stream, moment));
    expect(await ask({ position: at(0).position - 1 })).toBe('EID_ERR_MOMENT BEFORE_CASE');
    expect(await ask({ at: '2020-01-01T00:00:00.000000Z' })).toBe('EID_ERR_MOMENT BEFORE_CASE');
    expect(await ask({ position: 1_000_000 })).toBe('EID_ERR_MOMENT BEYOND_LOG');
    expect(await ask({ at: '2999-01-01T00:00:00.000000Z' })).toBe('EID_ERR_MOMENT FUTURE');
    expect(await ask({ version: events.length + 1 })).toBe('EID_ERR_MOMENT BEYOND_CASE');
    expect(await ask(undefined, 'registration-none')).toBe('EID_ERR_CASE_UNKNOWN');
    expect(await ask(undefined, 'none')).toBe('EID_ERR_CASE_UNKNOWN');
  });
});

describe('the history of a case', () => {
  it('has every event with the status that it led to, in pages', async () => {
    const whole = AuditHistory.parse(await historyOf(archive(), reader, request.stream));
    expect(whole.events.map(({ hash }) => hash)).toEqual(events.map(({ hash }) => hash));
    expect(whole.events.at(-1)?.status).toBe((await readCase(store.pool(), request.stream))?.status);
    const first = await historyOf(archive(), reader, request.stream, { limit: 2 });
    expect(first.next).toBe(2);
    const second = await historyOf(archive(), reader, request.stream, { limit: 1000, after: 2 });
    expect([...first.events, ...second.events]).toEqual(whole.events);
    expect(second.next).toBeUndefined();
  });
});

describe('what changed between two moments', () => {
  it('leads from the one state to the other, and names the events', async () => {
    const found = AuditDifferences.parse(
      await differencesOf(archive(), reader, request.stream, {
        from: { version: 2 },
        to: { at: at(5).recordedAt },
      }),
    );
    const [a, b] = [2, 6].map((version) => stateAt('registration', request.stream, events.slice(0, version)));
    expect(applied(a, found.differences as Difference[])).toEqual(b);
    expect(found.events.map(({ version }) => version)).toEqual([3, 4, 5, 6]);
    const same = { from: { version: 4 }, to: { version: 4 } };
    expect((await differencesOf(archive(), reader, request.stream, same)).differences).toEqual([]);
    const back = { from: { version: 4 }, to: { version: 2 } };
    expect(await codeOf(differencesOf(archive(), reader, request.stream, back))).toBe(
      'EID_ERR_MOMENT BACKWARDS',
    );
  });
});

describe('who knew what', () => {
  it('is who acted, who read which version, who was told, and to whom which action was open then', async () => {
    const verifier = { id: people.verifier.id, name: people.verifier.name, unit: people.verifier.unit ?? '' };
    await putOfficers(store.pool(), [
      { ...verifier, roles: people.verifier.roles },
      {
        id: 'else',
        name: 'Cán bộ khác',
        unit: people.verifierElsewhere.unit ?? '',
        roles: ['VERIFICATION_OFFICER'],
      },
    ]);
    const what = { stream: request.stream, caseType: 'registration' as const };
    await recordAccess(store.pool(), 'api', [
      reading({ what }),
      reading({
        what,
        outcome: { result: 'REFUSED', code: 'EID_ERR_CASE_UNKNOWN' },
        actor: { id: 'spy', name: 'Người lạ', roles: ['REGISTRANT'] },
      }),
      reading({
        what: { ...what, stream: 'registration-other' },
        actor: { id: 'far', name: 'Xa', roles: ['REGISTRANT'] },
      }),
    ]);
    const now = AuditKnowledge.parse(await knowledgeOf(archive(), reader, request.stream, undefined));
    // Two accesses of one millisecond are in no order.
    expect(
      now.read.map(({ actor, seenVersion, refused }) => [actor.id, seenVersion, refused]).sort(),
    ).toEqual([
      ['desk', events.length, 0],
      ['spy', undefined, 1],
    ]);
    expect(now.acted.map(({ by }) => by.id)).toContain(people.registrant.id);
    expect(now.acted.reduce((sum, one) => sum + one.events, 0)).toBe(events.length);

    const opened = events.find(({ type, data }) => type === 'TaskOpened' && data.kind === 'VERIFY');
    if (!opened) throw new Error('nobody verified');
    const then = await knowledgeOf(archive(), reader, request.stream, { version: opened.version });
    expect(then.read).toEqual([]); // all of them read later
    const open = then.open.find(({ actor }) => actor.id === verifier.id);
    expect(open).toMatchObject({ known: 'OFFICER_LATER', relations: ['UNIT'] }); // the directory was filled after the case
    expect(open?.actions).toContainEqual({ type: 'ClaimTask', taskId: opened.data.taskId });
    expect(then.open.map(({ actor }) => actor.id)).not.toContain('else');
    const atFirst = await knowledgeOf(archive(), reader, request.stream, { version: 1 });
    expect(atFirst.open.flatMap(({ actions }) => actions.map(({ type }) => type))).not.toContain('ClaimTask');
    expect(then.basis).toMatchObject({
      officersLater: then.basis.officersConsidered,
      officersTruncated: false,
    });

    expect(then.basis).toMatchObject({ table: reader.table.version, tableInForce: false }); // none is in this log
    const mute = { ...reader.table, version: 'access/mute', rows: reader.table.rows.slice(0, 1) };
    await putAccessTable(store.pool(), mute);
    const under = await knowledgeOf(archive(), reader, request.stream, { version: opened.version });
    expect([under.open, under.basis.table]).toEqual([[], mute.version]);
    await putAccessTable(store.pool(), reader.table);
    await tamper(store.url(), 'delete from orgeid.access_tables where seq = 1');

    // What became of the officer since is nothing to that moment.
    await putOfficers(store.pool(), [{ ...verifier, roles: ['RECEPTION_OFFICER'] }]);
    const again = await knowledgeOf(archive(), reader, request.stream, { version: opened.version });
    expect(again.open.find(({ actor }) => actor.id === verifier.id)).toEqual(open);
  });

  it('says of each notice whom it reached, and when', async () => {
    const { stream } = accountLike(life.events, 1);
    const { told } = await knowledgeOf(archive(), reader, stream, undefined);
    const ordered = life.events.filter(({ type }) => type === 'NoticeOrdered').length;
    expect(told).toHaveLength(ordered);
    const before = await knowledgeOf(archive(), reader, stream, { version: 2 });
    expect(before.told.every(({ receivedAt }) => receivedAt === undefined)).toBe(true);
  });
});

describe('all accounts at a moment', () => {
  it('are those that there were, each as it was', async () => {
    const { position } = await readHead(store.pool());
    const numbers = [0, 1].map((n) => accountLike(life.events, n).number);
    const today = await collect(accountsAt(store.pool(), position));
    expect(today.map(({ number }) => number)).toEqual(numbers);
    for (const { account, status, locks } of today) {
      const row = await readCase(store.pool(), account);
      expect(status).toBe(row?.status);
      expect(locks.map(({ code }) => code)).toEqual(
        (row?.state as AccountState | undefined)?.grounds.map(({ code }) => code),
      );
    }
    const earlier = await collect(accountsAt(store.pool(), at(0).position));
    expect(earlier.map(({ number }) => number)).toEqual(numbers.slice(0, 1));
    const opened = await collect(accountsAt(store.pool(), 1));
    expect(opened).toMatchObject([{ status: 'ISSUED', version: 1, locks: [] }]);
    expect(await collect(accountsAt(store.pool(), 0))).toEqual([]);
  });

  it('are read a page at a time, as fast as they are taken: a hundred thousand in bounded memory', {
    timeout: 300_000,
  }, async () => {
    const { position } = await readHead(store.pool());
    await tamper(
      store.url(),
      `insert into orgeid.events (position, stream, version, type, command_id, at, recorded_at, body, prev_hash, hash)
       select ${position} + n, 'account-' || (30000000000 + n), 1, type, command_id, at, recorded_at,
         replace(body, '20000000000', (30000000000 + n)::text), prev_hash, hash
       from orgeid.events, generate_series(1, 100000) n where stream = 'account-20000000000' and version = 1`,
    );
    const pages: number[] = [];
    const counting = {
      query: async (asked: QueryConfig) => {
        const answer = await store.pool().query(asked);
        pages.push(answer.rows.length);
        return answer;
      },
    } as unknown as Queryable;
    const few = accountsAt(counting, position + 100_000);
    for (let i = 0; i < 10; i += 1) expect((await few.next()).done).toBe(false);
    expect(pages).toHaveLength(2);
    await few.return();
    let count = 0;
    for await (const { number } of accountsAt(counting, position + 100_000)) count += number === '' ? 0 : 1;
    expect(count).toBe(100_002);
    expect(Math.max(...pages)).toBeLessThanOrEqual(2_000);
  });
});
