import type { AccountCommand } from '../../schemas/account.ts';
import type { RegistryChange } from '../../schemas/change.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { account } from '../account/index.ts';
import { ACCOUNT, OPENED, opening } from './accounts.ts';
import { askAccount } from './commands.ts';
import { people } from './people.ts';
import { specification } from './specification.ts';

type Opening = Extract<AccountCommand, { type: 'OpenAccount' }>['data'];

/** Noon in Viet Nam on a day of March 2025: a registry's own time of a change. */
export const march = (day: number): string => `2025-03-${String(day).padStart(2, '0')}T05:00:00.000Z`;

/** A change of the record of the organisation that `opening` opens an account for. */
export const change = (id: string, part: Partial<Omit<RegistryChange, 'id'>> = {}): RegistryChange => ({
  schema: 'registry-change/1',
  id,
  registry: 'BUSINESS',
  reference: `DKKD-${id}`,
  changedAt: march(11),
  revision: 0,
  subject: { code: '0900000011' },
  values: {},
  ...part,
});

/** The system brings a change to the account; its id is the command's. */
export const take = (taken: RegistryChange, commandId = taken.id) => ({
  ...askAccount(people.system, 'TakeRegistryChange', { change: taken }),
  id: commandId,
});

/** Given/when/then for an account that has taken some changes already. */
export function informed(policy: CasePolicy, part: Partial<Opening> = {}) {
  const spec = specification(account(ACCOUNT, policy), OPENED);
  const opened = spec.played([
    { command: askAccount(people.system, 'OpenAccount', { ...opening(), ...part }) },
  ]);
  const at = march(20);
  const taken = (...changes: readonly RegistryChange[]) =>
    spec.given(
      spec.played(
        changes.map((each) => ({ command: take(each), at })),
        opened,
      ),
    );
  return { ...spec, at, opened, taken };
}
