import type { Pool } from 'pg';
import { publicStatus } from '../../domain/account/status.ts';
import type { AccountState } from '../../schemas/account.ts';
import type { PublicStatus } from '../../schemas/account-status.ts';
import { readStream } from '../../store/read.ts';
import { readCase } from '../../store/readCase.ts';
import { missingInOrder } from '../outcomes.ts';
import type { Played } from './play.ts';

/** What became of one account's story; `lacking` is empty when it is all there. */
export type AccountResult = {
  readonly name: string;
  readonly organisation: string;
  readonly status: PublicStatus | undefined;
  readonly lacking: readonly string[];
};

export async function accountResult(pool: Pool, { name, story, entry, account, failed }: Played) {
  const state = (await readCase(pool, account))?.state as AccountState | undefined;
  const types = (await readStream(pool, account)).map(({ type }) => type);
  const missing = missingInOrder(story.events, types);
  const status = state && publicStatus(state);
  const lacking = [
    ...(failed === undefined ? [] : [failed]),
    ...(missing === undefined ? [] : [`event ${missing}`]),
    ...(status === story.ends ? [] : [`${story.ends} (found ${status})`]),
  ];
  return { name, organisation: entry.id, status, lacking } satisfies AccountResult;
}

const counted = {
  locks: ['AccountLocked'],
  unlocks: ['AccountUnlocked'],
  registryChanges: ['InformationChanged', 'RegistryStatusTaken', 'MergerTaken'],
} as const;

export type AccountCounts = Readonly<Record<keyof typeof counted, number>>;

/** What came of the accounts' own stories, in numbers. */
export type AfterCounts = AccountCounts & { readonly proofsAccepted: number; readonly proofsRefused: number };

/** How often accounts were locked and unlocked, and how many changes of registries they took; from the log. */
export async function accountCounts(pool: Pool): Promise<AccountCounts> {
  const count = async (types: readonly string[]) => {
    const { rows } = await pool.query<{ commands: number }>(
      `select count(distinct (stream, command_id))::int as commands from orgeid.events where type = any($1)`,
      [types],
    );
    return rows[0]?.commands ?? 0;
  };
  return {
    locks: await count(counted.locks),
    unlocks: await count(counted.unlocks),
    registryChanges: await count(counted.registryChanges),
  };
}
