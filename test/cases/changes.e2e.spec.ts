import { expect, test, vi } from 'vitest';
import { commandChange } from '../../registries/mock/control.ts';
import type { AccountState } from '../../schemas/account.ts';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { changeOf, journalOf } from '../bus/changes.ts';
import { inEnvelope } from '../bus/envelope.ts';
import { file, issue, send, streamOf } from '../support/play.ts';
import { codeOf, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const system = useSystem({ organisations: 60 });
const SOON = { timeout: 30_000, interval: 50 };

async function accountOf(n: number): Promise<string> {
  const state = (await readCase(system().pool, streamOf(n)))?.state as { account?: string };
  expect(state.account).toMatch(/^account-[1-9]\d*$/);
  return state.account ?? '';
}

const stateOf = async (account: string): Promise<AccountState> =>
  (await readCase(system().pool, account))?.state as AccountState;

/** Organisation `n` with an active account. */
async function active(n: number): Promise<string> {
  await issue(system(), n);
  const account = await accountOf(n);
  await vi.waitFor(async () => expect(await stateOf(account)).toHaveProperty('period'), SOON);
  await send(system(), account, registrant(n), 'ActivateAccount', {});
  return account;
}

const journaled = (id: string, ...dispositions: readonly string[]) =>
  vi.waitFor(async () => {
    const entries = await journalOf(system().pool, id);
    expect(entries.map(({ disposition }) => disposition)).toEqual(dispositions);
    return entries;
  }, SOON);

const eventsOf = async (account: string, type: string) =>
  (await readStream(system().pool, account)).filter((event) => event.type === type);

test('what a registry publishes reaches the active account, which keeps the earlier value too', async () => {
  const account = await active(1);
  const before = (await stateOf(account)).identity?.headOffice;
  const address = 'Số 77 đường Mới';
  const change = await commandChange(system().nc, 'BUSINESS', { key: codeOf(1), values: { address } });
  const [entry] = await journaled(change.id, 'TAKEN');
  expect(entry?.stream).toBe(account);
  const { identity, information } = await stateOf(account);
  expect(identity?.headOffice).toBe(address);
  const kept = information.filter(({ field }) => field === 'address');
  expect(kept).toMatchObject([
    { value: before, source: 'DOSSIER' },
    { value: address, source: 'BUSINESS', reference: change.reference, changedAt: change.changedAt },
  ]);
});

test('the same change sent twice is taken once', async () => {
  const account = await active(2);
  const change = await commandChange(system().nc, 'BUSINESS', {
    key: codeOf(2),
    values: { address: 'Số 2 đường Hai Lần' },
    publish: 'TWICE',
  });
  await journaled(change.id, 'TAKEN', 'DUPLICATE');
  expect(await eventsOf(account, 'InformationChanged')).toHaveLength(1);
});

test('of two changes that come in the wrong order the later one counts, and both are kept', async () => {
  const account = await active(3);
  const change = (address: string, publish: 'ONCE' | 'AFTER_NEXT') =>
    commandChange(system().nc, 'BUSINESS', { key: codeOf(3), values: { address }, publish });
  const first = await change('Số 3 đường Trước', 'AFTER_NEXT');
  const second = await change('Số 3 đường Sau', 'ONCE');
  await journaled(second.id, 'TAKEN');
  await journaled(first.id, 'TAKEN');
  const { identity, information } = await stateOf(account);
  expect(identity?.headOffice).toBe('Số 3 đường Sau');
  const values = information.filter(({ source }) => source === 'BUSINESS').map(({ value }) => value);
  expect(values.sort()).toEqual(['Số 3 đường Sau', 'Số 3 đường Trước']);
});

test('a change of an organisation that nobody here knows is journaled as such', async () => {
  const subject = { code: '8888888888' };
  const change = await commandChange(system().nc, 'BUSINESS', {
    key: '8888888888',
    subject,
    status: 'CEASED',
  });
  await journaled(change.id, 'UNKNOWN');
});

test('a change that comes while the request is under way is taken up when the account opens', async () => {
  const n = 4;
  await file(system(), n);
  await system().watch.untilStatus(streamOf(n), 'PENDING_PROPOSAL');
  const address = 'Số 4 đường Trong Khi Chờ';
  const change = await commandChange(system().nc, 'BUSINESS', { key: codeOf(n), values: { address } });
  await journaled(change.id, 'NOT_YET_OPEN');
  await issue(system(), n);
  const account = await accountOf(n);
  await journaled(change.id, 'NOT_YET_OPEN', 'TAKEN');
  expect((await stateOf(account)).identity?.headOffice).toBe(address);
});

test('a dissolution locks the account for good, and what comes afterwards changes nothing', async () => {
  const account = await active(5);
  const key = codeOf(5);
  const ended = await commandChange(system().nc, 'BUSINESS', { key, status: 'DISSOLVED' });
  await journaled(ended.id, 'TAKEN');
  const locked = await stateOf(account);
  expect(locked.grounds).toMatchObject([
    { code: 'DISSOLVED', authority: { id: 'BUSINESS' }, liftedBy: 'NOBODY' },
  ]);
  const later = await commandChange(system().nc, 'BUSINESS', { key, status: 'ACTIVE', publish: 'ONCE' });
  await journaled(later.id, 'AFTER_END');
  expect((await stateOf(account)).grounds).toEqual(locked.grounds);
  await commandChange(system().nc, 'BUSINESS', { key, status: 'DISSOLVED', publish: 'NEVER' });
});

test('a new code that another organisation holds is a task at C06, and nothing of it is taken', async () => {
  const [account, other] = await Promise.all([active(6), active(7)]);
  const change = await commandChange(system().nc, 'TAX', { key: codeOf(6), values: { tax_code: codeOf(7) } });
  const [entry] = await journaled(change.id, 'CONFLICT');
  expect(entry?.detail).toBe(`code:${codeOf(7)} is held by ${other}`);
  const found = await readCase(system().pool, account);
  expect(found?.tasks).toMatchObject([{ kind: 'REVIEW_CHANGE', about: change.id, units: ['C06'] }]);
  expect((await stateOf(account)).identity?.taxCode).toBe(codeOf(6));
  const task = found?.tasks[0]?.id;
  await send(system(), account, officers.proposer, 'ResolveChangeConflict', {
    taskId: task,
    note: 'Đã hỏi cơ quan thuế',
  });
  expect(await eventsOf(account, 'ChangeConflictResolved')).toHaveLength(1);
});

test('a change that names the code from before still finds the account after its tax code changed', async () => {
  const account = await active(8);
  const key = codeOf(8);
  const moved = await commandChange(system().nc, 'TAX', { key, values: { tax_code: '7000000008' } });
  await journaled(moved.id, 'TAKEN');
  expect((await stateOf(account)).identity?.taxCode).toBe('7000000008');
  const business = await commandChange(system().nc, 'BUSINESS', {
    key,
    values: { enterprise_code: '7000000008' },
  });
  await journaled(business.id, 'TAKEN');
  expect((await stateOf(account)).organisationKeys).toEqual(['code:7000000008']);
  const late = await commandChange(system().nc, 'BUSINESS', {
    key: '7000000008',
    subject: { code: key },
    values: { address: 'Số 8 đường Mã Cũ' },
  });
  const [entry] = await journaled(late.id, 'TAKEN');
  expect(entry?.stream).toBe(account);
});

test('a message that is no change harms nothing that comes after it', async () => {
  await system().nc.request('changes.BUSINESS', '{"schema":"registry-cha');
  const misaddressed = changeOf({ id: 'e2e-misaddressed', subject: { code: codeOf(1) } });
  await system().nc.request('changes.TAX', inEnvelope(misaddressed));
  await journaled(misaddressed.id, 'MISADDRESSED');
  const { rows } = await system().pool.query(
    `select from orgeid.registry_changes where disposition = 'MALFORMED'`,
  );
  expect(rows).toHaveLength(1);
});

test('workers killed while changes flow: each change is in the log exactly once', async () => {
  const KILLS = 4;
  const ROUNDS = 12;
  const numbers = [11, 12, 13, 14, 15];
  const accounts = await Promise.all(numbers.map(active));
  const ids: string[] = [];
  const flow = async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const n of numbers) {
        const values = { address: `Số ${round} đường ${n}` };
        const publish = round % 3 === 0 ? ('TWICE' as const) : ('ONCE' as const);
        ids.push((await commandChange(system().nc, 'BUSINESS', { key: codeOf(n), values, publish })).id);
      }
    }
  };
  const taken = async () =>
    (await journalOf(system().pool, ...ids)).filter(({ disposition }) => disposition === 'TAKEN').length;
  const kill = async () => {
    for (let killed = 1; killed <= KILLS; killed += 1) {
      await vi.waitFor(async () => expect(await taken()).toBeGreaterThan(killed * 4), SOON);
      await system().workers.at(-1)?.kill();
      await system().addWorker();
    }
  };
  await Promise.all([flow(), kill()]);
  await vi.waitFor(async () => expect(await taken()).toBe(ids.length), { timeout: 120_000, interval: 200 });
  const events = (
    await Promise.all(accounts.map((account) => eventsOf(account, 'InformationChanged')))
  ).flat();
  expect(events.map(({ data }) => data.changeId).sort()).toEqual([...ids].sort());
  for (const [i, account] of accounts.entries()) {
    expect((await stateOf(account)).identity?.headOffice).toBe(`Số ${ROUNDS} đường ${numbers[i]}`);
  }
});

test('after all of this the chain is whole, the read models equal the fold and the stream equals the log', async () => {
  await expectTruth(system());
});
