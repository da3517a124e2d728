import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { DomainError } from '../../domain/error.ts';
import { loadPolicy } from '../../policies/load.ts';
import { publicKeySet } from '../../proof/keySet.ts';
import { openKeys, rotateKeys } from '../../proof/keys.ts';
import { KEY_SET_FILE } from '../../proof/publish.ts';
import type { ProofKeyRing } from '../../schemas/proof.ts';
import { print, printJson } from '../output.ts';
import { seconds } from './seconds.ts';

/** Prints the published key set. @throws DomainError EID_ERR_FILE, EID_ERR_SHAPE, EID_ERR_USAGE */
export async function runKeys({ keys, issuer }: { keys: string; issuer?: string }): Promise<void> {
  const ring = await openKeys(keys, { now: Date.now(), ...(issuer === undefined ? {} : { issuer }) });
  if (issuer !== undefined && issuer !== ring.issuer) {
    throw new DomainError('EID_ERR_USAGE', { reason: `the key ring there is that of ${ring.issuer}` });
  }
  process.stdout.write(await readFile(join(keys, KEY_SET_FILE)));
}

/** Options of `orgeid proof rotate` as the command line gives them. */
export type RotateCommandOptions = {
  readonly keys: string;
  readonly lead?: string;
  readonly leaked?: boolean;
  readonly json?: boolean;
};

/** Rotates the keys and says which sign now and later. @throws DomainError EID_ERR_FILE, EID_ERR_USAGE */
export async function runRotate({
  keys,
  lead = '0',
  leaked = false,
  json,
}: RotateCommandOptions): Promise<void> {
  const leadMs = seconds('lead', lead);
  const { proofLifetimeMs } = (await loadPolicy()).parameters;
  const now = Date.now();
  const { rotated, ring } = await rotateKeys(keys, {
    now,
    proofLifetimeMs: proofLifetimeMs.value,
    leadMs,
    leaked,
  });
  if (json) printJson({ rotated, ...kidsOf(ring, now) });
  else print(rotationText(rotated, ring, now));
}

const kidsOf = (ring: ProofKeyRing, now: number) => ({
  current: ring.current.kid,
  next: ring.next.kid,
  retired: publicKeySet(ring, now)
    .keys.slice(2)
    .map(({ kid, exp = 0 }) => ({ kid, until: new Date(exp * 1000).toISOString() })),
});

function rotationText(rotated: boolean, ring: ProofKeyRing, now: number): string {
  const { current, next, retired } = kidsOf(ring, now);
  const head = rotated
    ? 'rotated'
    : 'not rotated: the next key was published a short time ago, or another rotation was first';
  const old = retired.map(({ kid, until }) => `retired  ${kid}  published until ${until}`);
  return [head, `signs    ${current}`, `next     ${next}`, ...old].join('\n');
}
