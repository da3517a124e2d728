import { expect, test, vi } from 'vitest';
import { systemActor } from '../../domain/deciding.ts';
import type { AccountState } from '../../schemas/account.ts';
import { readCase } from '../../store/readCase.ts';
import { issue, send, streamOf } from '../support/play.ts';
import { c06Officer, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { expectTruth } from '../support/truth.ts';

const services = ['PORTAL', 'TAX', 'BANK'];
const system = useSystem({
  organisations: 1,
  values: { relyingServices: services.map((id) => ({ id, name: id })), acknowledgeWithinMs: 3_000 },
});

test('of services that are all due at the same moment, each that kept silent is overdue and somebody’s task', async () => {
  await issue(system(), 1);
  const stateOf = async <S>(stream: string) => (await readCase(system().pool, stream))?.state as S;
  const { account } = await stateOf<{ account: string }>(streamOf(1));
  await send(system(), account, registrant(1), 'LockOwnAccount', {});
  const at = new Date().toISOString();
  await send(system(), account, systemActor, 'AcknowledgeLock', { service: 'PORTAL', seq: 1, at });

  const obedience = async () => (await stateOf<AccountState>(account)).obedience.map((o) => o.status);
  const overdue = ['ACKNOWLEDGED', 'OVERDUE', 'OVERDUE'];
  await vi.waitFor(async () => expect(await obedience()).toEqual(overdue), {
    timeout: 20_000,
    interval: 100,
  });
  expect((await readCase(system().pool, account))?.overdue).toBe(true);

  const { tasks } = await stateOf<AccountState>(account);
  expect(tasks.map(({ kind, about, units }) => [kind, about, units])).toEqual([
    ['CHASE_SERVICE', 'TAX', ['C06']],
    ['CHASE_SERVICE', 'BANK', ['C06']],
  ]);
  const settle = { taskId: 'chase-service-1', note: 'Đã xác nhận qua điện thoại' };
  await send(system(), account, c06Officer(1), 'SettleAcknowledgement', settle);
  await send(system(), account, systemActor, 'AcknowledgeLock', { service: 'BANK', seq: 1, at }, 2);
  expect(await obedience()).toEqual(['ACKNOWLEDGED', 'SETTLED_BY_PERSON', 'ACKNOWLEDGED']);
  expect((await readCase(system().pool, account))?.overdue).toBe(false);
  await expectTruth(system());
});
