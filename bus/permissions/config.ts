import {
  accountOf,
  adapterAccount,
  rehearsalImport,
  SYSTEM_ACCOUNT,
  SYSTEM_USER,
  serviceUsers,
  systemExports,
} from './account.ts';
import { type AdmittedParty, isPartyName, isPublicKey } from './adapter.ts';

export type PermissionOptions = {
  /** Mock parties may be commanded (`control.<PARTY>`). Never where real registries answer. */
  readonly rehearsal?: boolean;
};

/** Stands for the password of the system's user; the servers read it from their environment. */
const PASSWORD = '$NATS_PASSWORD';

/**
 * The users of a NATS server and what each may do: the file that the embedded server and those of docker compose include alike.
 * It holds public keys only. Whoever is not in it cannot connect; there is no anonymous user.
 *
 * @throws TypeError for a party or a key that is none, which a server would refuse or read as something else
 */
export function natsAccounts(
  parties: readonly AdmittedParty[],
  { rehearsal = false }: PermissionOptions = {},
): string {
  const admitted = [...parties]
    .filter(({ keys }) => keys.length > 0)
    .sort((a, b) => (a.party < b.party ? -1 : 1));
  for (const { party, keys } of admitted) {
    if (!isPartyName(party)) throw new TypeError(`not the name of a party: ${JSON.stringify(party)}`);
    if (!keys.every(isPublicKey)) throw new TypeError(`not a public key of ${party}`);
  }
  const adapters = admitted.filter(({ kind }) => kind !== 'service');
  const services = admitted.filter(({ kind }) => kind === 'service');
  const system = {
    jetstream: 'enabled',
    users: [
      { user: SYSTEM_USER, password: PASSWORD },
      ...services.flatMap((one) => serviceUsers(one, rehearsal)),
    ],
    exports: systemExports,
    ...(rehearsal ? { imports: adapters.map(rehearsalImport) } : {}),
  };
  const accounts = Object.fromEntries([
    [SYSTEM_ACCOUNT, system],
    ...adapters.map((one) => [accountOf(one.party), adapterAccount(one, rehearsal)]),
  ]);
  return `accounts: ${JSON.stringify(accounts, undefined, 2).replace(JSON.stringify(PASSWORD), PASSWORD)}\n`;
}
