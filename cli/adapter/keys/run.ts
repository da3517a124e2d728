import { userInfo } from 'node:os';
import process from 'node:process';
import { isPartyName, kindOf } from '../../../bus/permissions/adapter.ts';
import { natsAccounts } from '../../../bus/permissions/config.ts';
import { DomainError } from '../../../domain/error.ts';
import { isUserKey, makeKey } from '../../../engines/credentials.ts';
import { replaceFile } from '../../../engines/natsUsers.ts';
import {
  type AdapterKey,
  adapterKeys,
  addAdapterKey,
  admittedParties,
  revokeAdapterKeys,
} from '../../../store/adapters.ts';
import { withDatabase } from '../../database.ts';
import { print, printJson } from '../../output.ts';
import { readAnew } from './server.ts';

type Shown = { readonly json?: boolean };
export type AddOptions = Shown & {
  readonly name: string;
  readonly key?: string;
  readonly seedFile?: string;
  readonly data?: string;
};
export type RevokeOptions = Shown & { readonly key?: string; readonly data?: string };
export type ConfigOptions = { readonly out?: string; readonly rehearsal?: boolean };

/** Whoever admits decides what cases believe: no process of the system may. */
const AS_OWNER = { as: 'migrator' } as const;

/** Who gives the command, as the record names them: the operating system's user. */
const operator = (): string => userInfo().username;

/**
 * Admits a key of a party: one that its owner made, or a new pair whose seed goes into a new file.
 * @throws DomainError EID_ERR_USAGE, EID_ERR_ADAPTER_KEY, EID_ERR_FILE
 */
export async function runAdd(name: string, options: AddOptions): Promise<void> {
  const party = partyNamed(name);
  const { key, seedFile, data, json } = options;
  if ((key === undefined) === (seedFile === undefined)) {
    throw new DomainError('EID_ERR_USAGE', {
      reason: 'give --key with a public key, or --seed-file for a new pair',
    });
  }
  if (key !== undefined && !isUserKey(key)) throw new DomainError('EID_ERR_ADAPTER_KEY', { party });
  const added = await withDatabase(async (pool) => {
    const publicKey = key ?? made(seedFile ?? '');
    const kind = kindOf(party);
    const one = await addAdapterKey(pool, { party, kind, publicKey, name: options.name, by: operator() });
    await readAnew(pool, data);
    return one;
  }, AS_OWNER);
  if (json) printJson(added);
  else
    print(`${line(added)}${seedFile === undefined ? '' : `\nits seed is in ${seedFile}`}\n${counting(data)}`);
}

/** Revokes all keys of a party, or one. @throws DomainError EID_ERR_ADAPTER_UNKNOWN when there is no such active key */
export async function runRevoke(name: string, { key, data, json }: RevokeOptions): Promise<void> {
  const party = partyNamed(name);
  const revoked = await withDatabase(async (pool) => {
    const keys = await revokeAdapterKeys(pool, party, operator(), key);
    if (keys.length === 0) throw new DomainError('EID_ERR_ADAPTER_UNKNOWN', { party });
    await readAnew(pool, data);
    return keys;
  }, AS_OWNER);
  if (json) printJson(revoked);
  else print(`${revoked.map(line).join('\n')}\n${counting(data)}`);
}

/** Prints every key that there was. */
export async function runList({ json }: Shown): Promise<void> {
  const keys = await withDatabase(adapterKeys);
  if (json) printJson(keys);
  else print(keys.length === 0 ? 'No adapter was admitted yet.' : keys.map(line).join('\n'));
}

/** Prints the users of the NATS servers, or writes them into the file that `nats.conf` includes. @throws DomainError EID_ERR_FILE */
export async function runConfig({ out, rehearsal = false }: ConfigOptions): Promise<void> {
  const users = natsAccounts(await withDatabase(admittedParties), { rehearsal });
  if (out === undefined) {
    process.stdout.write(users);
    return;
  }
  try {
    replaceFile(out, users);
  } catch (error) {
    throw new DomainError('EID_ERR_FILE', { file: out, why: String(error) });
  }
  print(`${out} is written.\n${NEXT}`);
}

const counting = (data: string | undefined): string =>
  data === undefined ? NEXT : `It counts now in ${data}.`;

const NEXT =
  'It counts once the NATS servers have read their users: docs/guides/adapter-credentials.md says how.';

function partyNamed(text: string): string {
  const party = text.toUpperCase();
  if (isPartyName(party)) return party;
  throw new DomainError('EID_ERR_USAGE', {
    reason: `${text} is not the name of a party: letters, digits, - and _`,
  });
}

/** @throws DomainError EID_ERR_FILE when the file is there already or cannot be written */
function made(seedFile: string): string {
  try {
    return makeKey(seedFile);
  } catch (error) {
    throw new DomainError('EID_ERR_FILE', {
      file: seedFile,
      why: error instanceof Error ? error.message : String(error),
    });
  }
}

const line = ({ party, kind, publicKey, name, state, addedAt, revokedAt }: AdapterKey): string =>
  `${party.padEnd(12)} ${kind.padEnd(8)} ${state.padEnd(7)} ${publicKey}  ${name}, since ${addedAt}${
    revokedAt === undefined ? '' : `, revoked ${revokedAt}`
  }`;
