import { systemActor } from '../../domain/deciding.ts';
import type { AccountCommand } from '../../schemas/account.ts';
import { send } from './play.ts';
import { codeOf, dossierOf, registrant } from './requests.ts';
import type { TestSystem } from './system.ts';

type Opening = Extract<AccountCommand, { type: 'OpenAccount' }>['data'];

/** The number of organisation `n`'s account, far from those that requests are given. */
export const numberOf = (n: number): string => String(40_000_000_000 + n);
export const accountOf = (n: number): string => `account-${numberOf(n)}`;

/** Opens the account of organisation `n` without a request, as the system does after one was approved. */
export async function openAccount(
  system: Pick<TestSystem, 'cases'>,
  n: number,
  more: Partial<Opening> = {},
): Promise<string> {
  const { organisation } = dossierOf(n);
  const { nameVi, establishedOn, address, representative } = organisation;
  const owner = registrant(n);
  const data: Opening = {
    number: numberOf(n),
    identity: {
      identificationNumber: numberOf(n),
      names: { vi: nameVi },
      establishedOn: establishedOn ?? '2020-01-01',
      headOffice: address.text,
      taxCode: codeOf(n),
      enterpriseCode: codeOf(n),
      representative: representative ?? { name: owner.name, number: owner.id, nationality: 'VN' },
    },
    request: `registration-none-${n}`,
    owner: { id: owner.id, name: owner.name },
    organisationKeys: [`code:${codeOf(n)}`],
    ...more,
  };
  await send(system, accountOf(n), systemActor, 'OpenAccount', data);
  return accountOf(n);
}

/** The owner locks or unlocks the own account; `turn` tells one time from another. */
export const ownerSays = (
  system: Pick<TestSystem, 'cases'>,
  n: number,
  type: 'LockOwnAccount' | 'UnlockOwnAccount',
  turn = 1,
) => send(system, accountOf(n), registrant(n), type, {}, turn);
